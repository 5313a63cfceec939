import { findIdleEntries } from '../../../src/core/policy/find-idle-entries';
import type { PolicyEntry } from '../../../src/core/policy/policy-entry';

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
  ])('%s', (_, entries, idle) => {
    expect(findIdleEntries(entries).map(({ index }) => index)).toEqual(idle);
  });
});
