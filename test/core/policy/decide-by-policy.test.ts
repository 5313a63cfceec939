import fc from 'fast-check';
import { decideByPolicy, type PolicyFacts } from '../../../src/core/policy/decide-by-policy';
import { POLICY_MODES, SEVERITIES, type PolicyEntry } from '../../../src/core/policy/policy-entry';
import { assertProperty } from '../../oracle/assert-property';

const FACTS: PolicyFacts = {
  control: 'EC2.13',
  account: '222222222222',
  region: 'eu-central-1',
  severity: 'HIGH',
  tags: [{ Key: 'environment', Value: 'production' }],
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

const some = <Value>(values: readonly Value[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const tag = fc.record({ key: fc.constantFrom('a', 'b'), value: fc.constantFrom('x', 'y') });

const anyEntry = fc
  .record({
    controls: some(['EC2.13', 'EC2.14'] as const),
    accounts: some(['111111111111', '222222222222']),
    regions: some(['eu-central-1', 'us-east-1']),
    severities: some(SEVERITIES.slice(3)),
    tags: fc.option(fc.array(tag, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    mode: fc.constantFrom(...POLICY_MODES),
  })
  .map(({ mode, ...when }): PolicyEntry => {
    const given = Object.entries(when).filter(([, value]) => value !== undefined);
    return { when: Object.fromEntries(given), do: mode };
  });

const anyFacts = fc.record({
  control: fc.constantFrom('EC2.13', 'EC2.14'),
  account: fc.constantFrom('111111111111', '222222222222'),
  region: fc.constantFrom('eu-central-1', 'us-east-1'),
  severity: fc.constantFrom(...SEVERITIES.slice(3)),
  tags: fc.array(tag.map(({ key, value }) => ({ Key: key, Value: value }))),
});

test('removing any known fact never turns another decision into auto', () => {
  const fact = fc.constantFrom('control', 'account', 'region', 'severity', 'tags');
  assertProperty(
    fc.property(
      fc.array(anyEntry, { maxLength: 5 }),
      anyFacts,
      fc.subarray(['control', 'account', 'region', 'severity', 'tags'] as const),
      fact,
      (entries, facts, missing, first) => {
        const less: PolicyFacts = {
          ...facts,
          ...Object.fromEntries([...missing, first].map((name) => [name, undefined])),
        };
        if (decideByPolicy(facts, entries).mode === 'auto') return;
        expect(decideByPolicy(less, entries).mode).not.toBe('auto');
      },
    ),
  );
});
