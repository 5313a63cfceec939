import fc from 'fast-check';
import type { Context } from '../../../src/core/context/context';
import { known, unknown } from '../../../src/core/context/fact';
import { decideFinding, guardsIn, isDecidedByTarget, type Chosen } from '../../../src/core/policy/decide-finding';
import type { PolicyFacts } from '../../../src/core/policy/match-conditions';
import {
  POLICY_MODES,
  type PolicyEntry,
  type PolicyGuards,
  type PolicyMode,
} from '../../../src/core/policy/policy-entry';
import { assertProperty } from '../../oracle/assert-property';
import { anyEntry, anyFacts, withoutFacts } from './arbitrary-policy';
import { KNOWN_CONTEXT } from './known-context';

const facts = (over: Partial<Context> = {}, tags: PolicyFacts['tags'] = []): PolicyFacts => ({
  control: 'EC2.13',
  account: '222222222222',
  region: 'eu-central-1',
  severity: 'HIGH',
  tags,
  context: { ...KNOWN_CONTEXT, ...over },
});
const WAY_IN: Partial<Context> = { otherWayIn: known({ answer: 'yes', ways: ['Session Manager'] }) };
const MANAGED: Partial<Context> = { ...WAY_IN, managedBy: known({ by: 'firewall-manager' }) };
const UNREAD: Partial<Context> = { otherWayIn: unknown('denied') };
const PROTECTED = [{ Key: 'keep', Value: '' }];

interface Case {
  readonly facts: PolicyFacts;
  readonly guards?: PolicyGuards;
  readonly mode?: PolicyMode;
  readonly chosen?: true;
  readonly overridden?: readonly string[];
  readonly expected: readonly [PolicyMode, string | undefined];
}

const cases: Readonly<Record<string, Case>> = {
  'the last way in asks, though an entry closes': { facts: facts(), expected: ['ask', 'guard lastWayIn'] },
  'the last way in asks, though an entry only notes': {
    facts: facts(),
    mode: 'notify',
    expected: ['ask', 'guard lastWayIn'],
  },
  'nobody is asked about what an entry ignores': {
    facts: facts(),
    mode: 'ignore',
    expected: ['ignore', 'policy entry 1'],
  },
  'another way in guards nothing': { facts: facts(WAY_IN), expected: ['auto', 'policy entry 1'] },
  'the last way in is no guard where it is switched off': {
    facts: facts(),
    guards: { lastWayIn: false },
    expected: ['auto', 'policy entry 1'],
  },
  'whether there is another way in is not known: nothing closes by itself': {
    facts: facts(UNREAD),
    expected: ['ask', 'guard lastWayIn'],
  },
  'whether there is another way in is not known: an entry that notes goes on': {
    facts: facts(UNREAD),
    mode: 'notify',
    expected: ['notify', 'policy entry 1'],
  },
  'whether there is another way in is not known: a person closes': {
    facts: facts(UNREAD),
    chosen: true,
    expected: ['auto', undefined],
  },
  'a person is asked about the last way in': { facts: facts(), chosen: true, expected: ['ask', 'guard lastWayIn'] },
  'a person who chose again closes': {
    facts: facts(),
    chosen: true,
    overridden: ['guard lastWayIn'],
    expected: ['auto', undefined],
  },
  'a person who was asked about one guard is asked about another': {
    facts: facts({}, PROTECTED),
    guards: { protectionTag: 'keep' },
    chosen: true,
    overridden: ['guard lastWayIn'],
    expected: ['ask', 'guard protectionTag, guard lastWayIn'],
  },
  'what was overridden for a person is not for an entry': {
    facts: facts(),
    overridden: ['guard lastWayIn'],
    expected: ['ask', 'guard lastWayIn'],
  },
  'Firewall Manager opens again what is closed': { facts: facts(MANAGED), expected: ['ask', 'guard firewallManager'] },
  'Firewall Manager is no guard where it is switched off': {
    facts: facts(MANAGED),
    guards: { firewallManager: false },
    expected: ['auto', 'policy entry 1'],
  },
  'tags that nobody read may protect it': {
    facts: { ...facts(WAY_IN), tags: undefined },
    guards: { protectionTag: 'keep' },
    expected: ['ask', 'guard protectionTag'],
  },
};

test.each(Object.entries(cases))(
  '%s',
  (_, { facts: known_, guards = {}, mode = 'auto', chosen, overridden, expected }) => {
    const by: Chosen = { isChosen: chosen === true, overridden: new Set(overridden) };
    const decided = decideFinding(known_, { decisions: [{ do: mode }], guards }, by);
    expect([decided.mode, decided.entry]).toEqual(expected);
  },
);

test('guards hold what is automatic without entries too', () => {
  expect(decideFinding(facts(), { decisions: [], guards: {} })).toMatchObject({
    mode: 'ask',
    entry: 'guard lastWayIn',
  });
  expect(decideFinding(facts(WAY_IN), { decisions: [], guards: {} })).toEqual({
    mode: 'auto',
    reason: '',
    reasons: [],
  });
});

test.each([
  ['guard protectionTag, guard lastWayIn', ['guard protectionTag', 'guard lastWayIn']],
  ['policy entry "x, guard lastWayIn, y"', []],
  ['', []],
])('guards are read from a record that names nothing else: %s', (entry, expected) => {
  expect(guardsIn(entry)).toEqual(expected);
});

const anyGuards = fc.record(
  { lastWayIn: fc.boolean(), firewallManager: fc.boolean(), protectionTag: fc.constantFrom('a', 'c') },
  { requiredKeys: [] },
) as fc.Arbitrary<PolicyGuards>;
const anyEntries: fc.Arbitrary<readonly PolicyEntry[]> = fc.array(anyEntry, { maxLength: 3 });

test('removing any known facts never turns another decision into auto, guards included', () => {
  assertProperty(
    fc.property(anyEntries, anyGuards, anyFacts, withoutFacts, (entries, guards, all, without) => {
      const deciding = { decisions: [...entries, { do: 'auto' as const }], guards };
      if (decideFinding(all, deciding).mode === 'auto') return;
      expect(decideFinding(without(all), deciding).mode).not.toBe('auto');
    }),
  );
});

test('what needs no look at the target is decided alike after one', () => {
  assertProperty(
    fc.property(
      anyEntries,
      fc.constantFrom(...POLICY_MODES),
      fc.option(anyGuards, { nil: undefined }),
      anyFacts,
      fc.boolean(),
      (entries, last, guards, all, isChosen) => {
        const deciding = { decisions: [...entries, { do: last }], guards };
        const by = { isChosen, overridden: new Set<string>() };
        if (isDecidedByTarget(all, deciding, isChosen)) return;
        expect(decideFinding(all, deciding, by)).toEqual(
          decideFinding({ ...all, tags: undefined, context: undefined }, deciding, by),
        );
      },
    ),
  );
});
