import { closedByThemselves } from '../../../src/core/configuration/to-decisions';
import { describePolicyChange, parsePolicyMark, toPolicyMark } from '../../../src/core/policy/policy-mark';
import type { ControlId } from '../../../src/core/controls/control-id';
import type { PolicyEntry, PolicyGuards } from '../../../src/core/policy/policy-entry';
import { sha256 } from '../../../src/aws/sha-256';

interface Case {
  readonly name: string;
  readonly was: readonly ControlId[];
  readonly is: readonly ControlId[];
  readonly decisions?: readonly PolicyEntry[];
  readonly guards?: PolicyGuards;
  /** EC2.13 and EC2.19 are requested. */
  readonly change: string | undefined;
}

const PRODUCTION: PolicyEntry = { name: 'production asks', when: { environments: ['production'] }, do: 'ask' };

const CASES: readonly Case[] = [
  { name: 'the same', was: ['EC2.13', 'EC2.19'], is: ['EC2.19', 'EC2.13'], change: undefined },
  {
    name: 'another control is added',
    was: ['EC2.13', 'EC2.19'],
    is: ['EC2.13', 'EC2.19', 'EC2.53'],
    change: undefined,
  },
  {
    name: 'another control is taken out',
    was: ['EC2.13', 'EC2.19', 'EC2.53'],
    is: ['EC2.13', 'EC2.19'],
    change: undefined,
  },
  { name: 'what never was automatic is not taken out', was: ['EC2.13'], is: ['EC2.13'], change: undefined },
  {
    name: 'one of them is taken out',
    was: ['EC2.13', 'EC2.19'],
    is: ['EC2.19'],
    change: 'EC2.13 was taken from what is automatic after this began.',
  },
  {
    name: 'everything is taken out',
    was: ['EC2.13', 'EC2.19'],
    is: [],
    change: 'EC2.13, EC2.19 were taken from what is automatic after this began.',
  },
  {
    name: 'an entry is added that decides',
    was: ['EC2.13'],
    is: ['EC2.13'],
    decisions: [PRODUCTION],
    change: 'The policy was changed after this began.',
  },
  {
    name: 'a guard is added',
    was: ['EC2.13'],
    is: ['EC2.13'],
    guards: { protectionTag: 'keep' },
    change: 'The policy was changed after this began.',
  },
];

test.each(CASES)('a policy in which $name', ({ was, is, change, ...decides }) => {
  const [own, live] = [toPolicyMark(was, {}, sha256), toPolicyMark(is, decides, sha256)].map(parsePolicyMark);
  if (own === undefined || live === undefined) throw new Error('A mark is not read as it was written.');
  expect(describePolicyChange(own, live, ['EC2.13', 'EC2.19'])).toBe(change);
});

test.each(['', 'none', '0123456789abcdef', '0123456789abcde none', '0123456789abcdef '])('%j is no mark', (text) => {
  expect(parsePolicyMark(text)).toBeUndefined();
});

test('where entries decide, controls of those that close are closed by themselves', () => {
  const entry = (mode: PolicyEntry['do'], when?: PolicyEntry['when']): PolicyEntry => ({
    do: mode,
    ...(when && { when }),
  });
  const of = (...decisions: readonly PolicyEntry[]) => closedByThemselves({ automatic: [], decisions });
  expect(of(PRODUCTION, entry('auto', { controls: ['EC2.13'] }), entry('ask'))).toEqual(['EC2.13']);
  expect(of(entry('auto', { accounts: ['111111111111'] }))).toContain('EC2.53');
  expect(of(entry('ask'))).toEqual([]);
  expect(closedByThemselves({ automatic: ['EC2.19'], decisions: [] })).toEqual(['EC2.19']);
});
