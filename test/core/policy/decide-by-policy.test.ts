import fc from 'fast-check';
import { decideByPolicy } from '../../../src/core/policy/decide-by-policy';
import type { PolicyFacts } from '../../../src/core/policy/match-conditions';
import { POLICY_MODES, type PolicyEntry } from '../../../src/core/policy/policy-entry';
import { assertProperty } from '../../oracle/assert-property';
import { anyEntry, anyFacts, narrowEntries, withoutFacts } from './arbitrary-policy';
import { KNOWN_CONTEXT } from './known-context';

const FACTS: PolicyFacts = {
  control: 'EC2.13',
  account: '222222222222',
  region: 'eu-central-1',
  severity: 'HIGH',
  tags: [{ Key: 'environment', Value: 'production' }],
  context: KNOWN_CONTEXT,
};

const PRODUCTION: PolicyEntry = {
  name: 'production asks',
  when: { tags: [{ key: 'environment', value: 'production' }] },
  do: 'ask',
};
const AUTO: PolicyEntry = { do: 'auto' };

describe('decideByPolicy', () => {
  test.each<[string, readonly PolicyEntry[], string, string]>([
    ['takes the first entry that matches', [PRODUCTION, AUTO], 'ask', 'policy entry "production asks"'],
    [
      'names an entry without a name by its place',
      [{ when: { controls: ['EC2.2'] }, do: 'ask' }, AUTO],
      'auto',
      'policy entry 2',
    ],
    [
      'notifies where no entry matches',
      [{ when: { regions: ['us-east-1'] }, do: 'auto' }],
      'notify',
      'no policy entry',
    ],
    [
      'wants every condition of an entry met',
      [{ when: { severities: ['HIGH'], accounts: ['333333333333'] }, do: 'auto' }],
      'notify',
      'no policy entry',
    ],
    [
      'takes a tag without a value for any value',
      [{ when: { tags: [{ key: 'environment' }] }, do: 'ignore' }],
      'ignore',
      'policy entry 1',
    ],
  ])('%s', (_, entries, mode, entry) => {
    expect(decideByPolicy(FACTS, entries)).toMatchObject({ mode, entry });
  });

  test.each(POLICY_MODES)('asks where an entry of mode %s needs tags that are not known', (mode) => {
    const { tags: _, ...rest } = FACTS;
    const entries = [{ ...PRODUCTION, do: mode }, AUTO];
    const decision = decideByPolicy({ ...rest, tags: undefined }, entries);
    expect(decision).toMatchObject({ mode: 'ask', index: 0 });
    expect(decision.reason).toContain('not known (the tags of the target)');
  });

  test('passes over an entry that another condition rules out, though its tags are not known', () => {
    const entry: PolicyEntry = { when: { regions: ['us-east-1'], ...PRODUCTION.when }, do: 'ask' };
    expect(decideByPolicy({ ...FACTS, tags: undefined }, [entry, AUTO])).toMatchObject({ mode: 'auto', index: 1 });
  });
});

const anyEntries = fc.oneof(narrowEntries, fc.array(anyEntry, { maxLength: 5 }));

test('removing any known facts never turns another decision into auto', () => {
  assertProperty(
    fc.property(anyEntries, anyFacts, withoutFacts, (entries, facts, without) => {
      if (decideByPolicy(facts, entries).mode === 'auto') return;
      expect(decideByPolicy(without(facts), entries).mode).not.toBe('auto');
    }),
  );
});

test('what is decided without a fact that is missing stays so whatever is learned later', () => {
  assertProperty(
    fc.property(anyEntries, anyFacts, withoutFacts, (entries, facts, without) => {
      const early = decideByPolicy(without(facts), entries);
      if (early.missing !== undefined) return;
      expect(decideByPolicy(facts, entries)).toEqual(early);
    }),
  );
});
