import fc from 'fast-check';
import { decideByPolicy } from '../../../src/core/policy/decide-by-policy';
import { findIdleEntries } from '../../../src/core/policy/find-idle-entries';
import type { PolicyEntry } from '../../../src/core/policy/policy-entry';
import { assertProperty } from '../../oracle/assert-property';
import { anyEntry, anyFacts, withoutFacts } from './arbitrary-policy';

describe('findIdleEntries', () => {
  test.each<[string, readonly PolicyEntry[], readonly number[]]>([
    [
      'finds what stands behind an entry for everything',
      [{ do: 'ask' }, { when: { controls: ['EC2.13'] }, do: 'auto' }],
      [1],
    ],
    [
      'finds an entry whose values another has all',
      [
        { when: { controls: ['EC2.13', 'EC2.14'] }, do: 'ask' },
        { when: { controls: ['EC2.14'], regions: ['us-east-1'] }, do: 'auto' },
      ],
      [1],
    ],
    [
      'takes a tag without a value for wider than one with it',
      [
        { when: { tags: [{ key: 'a' }] }, do: 'ask' },
        { when: { tags: [{ key: 'a', value: 'x' }] }, do: 'auto' },
      ],
      [1],
    ],
    [
      'leaves an entry that matches more than those before it',
      [
        { when: { controls: ['EC2.13'] }, do: 'ask' },
        { when: { controls: ['EC2.13', 'EC2.14'] }, do: 'auto' },
        { do: 'notify' },
      ],
      [],
    ],
    [
      'finds an entry that asks for more facts than one before it',
      [
        { when: { used: ['none-seen', 'flows'] }, do: 'ask' },
        { when: { used: ['none-seen'], reachable: ['no'] }, do: 'auto' },
      ],
      [1],
    ],
    [
      'finds an entry one of whose facts suffices for another before it',
      [
        { when: { used: ['none-seen'], reachable: ['no'], any: true }, do: 'ask' },
        { when: { reachable: ['no'], openedBy: ['cli'] }, do: 'auto' },
        { when: { used: ['none-seen'], reachable: ['no'], any: true, regions: ['us-east-1'] }, do: 'auto' },
      ],
      [1, 2],
    ],
    [
      'leaves an entry that matches by another fact than the one before it',
      [
        { when: { reachable: ['no'] }, do: 'ask' },
        { when: { used: ['none-seen'], reachable: ['no'], any: true }, do: 'auto' },
        { when: { used: ['none-seen'], openedBy: ['cli'], any: true }, do: 'auto' },
      ],
      [],
    ],
    [
      'takes environments without regard to case',
      [
        { when: { environments: ['Production'] }, do: 'ask' },
        { when: { environments: ['production'] }, do: 'auto' },
      ],
      [1],
    ],
    [
      'leaves an entry for one kind of what is attached behind one that closes where it is all',
      [
        { when: { attachedTo: ['lambda'] }, do: 'auto' },
        { when: { attachedTo: ['lambda'] }, do: 'ask' },
        { when: { attachedTo: ['lambda'], used: ['none-seen'] }, do: 'auto' },
      ],
      [2],
    ],
  ])('%s', (_, entries, idle) => {
    expect(findIdleEntries(entries).map(({ index }) => index)).toEqual(idle);
  });
});

test('an entry that is found idle decides about nothing, whatever is known', () => {
  assertProperty(
    fc.property(fc.array(anyEntry, { maxLength: 6 }), anyFacts, withoutFacts, (entries, facts, without) => {
      const idle = findIdleEntries(entries).map(({ index }) => index);
      expect(idle).not.toContain(decideByPolicy(facts, entries).index);
      expect(idle).not.toContain(decideByPolicy(without(facts), entries).index);
    }),
  );
});
