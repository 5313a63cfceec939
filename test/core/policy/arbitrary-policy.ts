import fc from 'fast-check';
import type { Context, Fact } from '../../../src/core/context/context';
import { unknown } from '../../../src/core/context/fact';
import type { PolicyFacts } from '../../../src/core/policy/match-conditions';
import {
  POLICY_MODES,
  SEVERITIES,
  type PolicyConditions,
  type PolicyEntry,
} from '../../../src/core/policy/policy-entry';
import { KNOWN_CONTEXT } from './known-context';

const some = <Value>(values: readonly Value[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined, freq: 1 });
const tag = fc.record({ key: fc.constantFrom('a', 'b'), value: fc.constantFrom('x', 'y') });

/** Entries whose conditions are about the values that `anyFacts` makes. */
export const anyEntry = fc
  .record({
    controls: some(['EC2.13', 'EC2.14'] as const),
    accounts: some(['111111111111', '222222222222']),
    severities: some(SEVERITIES.slice(3)),
    tags: fc.option(fc.array(tag, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    organizationalUnits: some(['r-ab12', 'ou-ab12-cdef3456']),
    environments: some(['production', 'test']),
    attachedTo: some(['instance', 'lambda', 'nothing'] as const),
    reachable: some(['yes', 'no'] as const),
    used: some(['flows', 'none-seen'] as const),
    otherWayIn: some(['yes', 'no'] as const),
    openedBy: some(['console', 'terraform'] as const),
    managedBy: some(['cloudformation', 'terraform', 'none-seen'] as const),
    any: fc.constantFrom(true as const, undefined),
    mode: fc.constantFrom(...POLICY_MODES),
    // Of so many conditions few are met together: most entries have a handful.
    kept: fc.subarray([
      'attachedTo',
      'reachable',
      'used',
      'otherWayIn',
      'openedBy',
      'managedBy',
      'tags',
      'environments',
    ]),
  })
  .map(({ mode, kept, ...when }): PolicyEntry => {
    const dropped = new Set<string>(kept);
    const given = Object.entries(when).filter(([key, value]) => value !== undefined && !dropped.has(key));
    return { when: Object.fromEntries(given), do: mode };
  });

/** One condition each. */
export const NARROW: readonly PolicyConditions[] = [
  { attachedTo: ['instance'] },
  { attachedTo: ['nothing'] },
  { reachable: ['yes'] },
  { reachable: ['no'] },
  { used: ['flows'] },
  { otherWayIn: ['no'] },
  { otherWayIn: ['yes'] },
  { openedBy: ['terraform'] },
  { managedBy: ['terraform'] },
  { managedBy: ['none-seen'] },
  { environments: ['production'] },
  { owners: ['web'] },
  { organizationalUnits: ['r-ab12'] },
  { tags: [{ key: 'environment', value: 'production' }] },
];

/** Entries of one condition, and one that closes all the rest: where a single fact decides. */
export const narrowEntries = fc
  .array(fc.record({ when: fc.constantFrom(...NARROW), do: fc.constantFrom(...POLICY_MODES) }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((entries): readonly PolicyEntry[] => [...entries, { do: 'auto' }]);

type Values = { readonly [Name in keyof Context]: Context[Name] extends Fact<infer Value> ? Partial<Value> : never };

/** A context in which everything is known. */
const anyContext = fc
  .record({
    attached: fc.subarray(['instance', 'lambda'] as const).map((kinds) => ({ kinds, count: kinds.length })),
    reachable: fc.record({ answer: fc.constantFrom('yes' as const, 'no' as const) }),
    used: fc.record({ answer: fc.constantFrom('flows' as const, 'none-seen' as const) }),
    otherWayIn: fc.record({ answer: fc.constantFrom('yes' as const, 'no' as const) }),
    openedBy: fc.record({ with: fc.constantFrom('console' as const, 'terraform' as const) }),
    managedBy: fc.record({ by: fc.constantFrom('cdk' as const, 'cloudformation' as const, 'none-seen' as const) }),
    owner: fc.constantFrom(
      {},
      { environment: 'Production' },
      { environment: 'Production', environments: ['Production', 'Test'] },
      { environment: 'Test', environments: ['Test', ''] },
    ),
    account: fc.constantFrom({ organizationalUnits: ['r-ab12'] }, { organizationalUnits: [] }),
  } satisfies { [Name in keyof Values]: fc.Arbitrary<Values[Name]> })
  .map((values) => overlay(KNOWN_CONTEXT, values));

function overlay(context: Context, values: Values): Context {
  const facts = Object.entries(context) as [keyof Context, Fact<object>][];
  const laid = facts.map(([name, fact]) => [
    name,
    fact.known ? { ...fact, value: { ...fact.value, ...values[name] } } : fact,
  ]);
  return Object.fromEntries(laid) as Context;
}

/** Everything about a finding and its target is known. */
export const anyFacts = fc.record({
  control: fc.constantFrom('EC2.13', 'EC2.14'),
  account: fc.constantFrom('111111111111', '222222222222'),
  region: fc.constant('eu-central-1'),
  severity: fc.constantFrom(...SEVERITIES.slice(3)),
  tags: fc.array(tag.map(({ key, value }) => ({ Key: key, Value: value }))),
  context: anyContext,
});

const CONTEXT_NAMES = Object.keys(KNOWN_CONTEXT) as (keyof Context)[];

/** Takes away some of what is known, at least one thing. */
export const withoutFacts = fc
  .subarray(['control', 'account', 'region', 'severity', 'tags', 'context', ...CONTEXT_NAMES], { minLength: 1 })
  .map((names) => (facts: PolicyFacts): PolicyFacts => {
    const missing = new Set<string>(names);
    const context = Object.entries(facts.context ?? {}).map(([name, fact]: [string, unknown]) => [
      name,
      missing.has(name) ? unknown('taken away') : fact,
    ]);
    const all = Object.entries({ ...facts, context: Object.fromEntries(context) as Context });
    const fields = new Set(names.filter((name) => name === 'context' || !(name in KNOWN_CONTEXT)));
    return Object.fromEntries(
      all.map(([name, value]) => [name, fields.has(name as never) ? undefined : value]),
    ) as unknown as PolicyFacts;
  });
