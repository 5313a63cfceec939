import type { Context } from '../../../src/core/context/context';
import { known, unknown } from '../../../src/core/context/fact';
import { matchConditions, type Match, type PolicyFacts } from '../../../src/core/policy/match-conditions';
import type { PolicyConditions, PolicyMode } from '../../../src/core/policy/policy-entry';
import { KNOWN_CONTEXT } from './known-context';

const facts = (over: Partial<Context> = {}): PolicyFacts => ({
  control: 'EC2.13',
  account: '222222222222',
  region: 'eu-central-1',
  severity: 'HIGH',
  tags: [],
  context: { ...KNOWN_CONTEXT, ...over },
});

const attached = (kinds: readonly ('instance' | 'lambda')[], more?: true): Partial<Context> => ({
  attached: known({
    count: kinds.length,
    kinds,
    items: [],
    otherVpcs: [],
    otherAccounts: [],
    ...(more === undefined ? {} : { more }),
  }),
});
const noUse = { used: unknown<never>('flow logs are in S3') };
const noReach = { reachable: unknown<never>('not read') };
const unitGone = {
  account: known({
    ...{ name: 'shop', organizationalUnits: ['ou-ab12-cdef3456', 'ou-ab12-00000000', 'r-ab12'] },
    doubtfulUnits: [{ id: 'ou-ab12-ffffffff', reason: 'organizational unit ou-ab12-ffffffff does not exist any more' }],
  }),
};
const unitsUnread = { account: unknown<never>('denied') };

const severalEnvironments = {
  owner: known({
    environment: 'test',
    environments: ['test', 'production'],
    owner: 'web',
    owners: ['web', ''],
    tags: [],
  }),
};

type Case = readonly [string, PolicyConditions, Match, Partial<Context>?, PolicyMode?];

const cases: readonly Case[] = [
  ['used: flows that were seen', { used: ['flows'] }, 'yes'],
  ['used: none seen, where there are', { used: ['none-seen'] }, 'no'],
  ['used: not known', { used: ['flows', 'none-seen'] }, 'unknown', noUse],
  ['reachable', { reachable: ['yes'] }, 'yes'],
  ['not reachable, where it is', { reachable: ['no'] }, 'no'],
  ['another way in', { otherWayIn: ['yes', 'not-needed'] }, 'no'],
  ['opened with the console', { openedBy: ['cli', 'console'] }, 'yes'],
  ['managed by nobody that is seen', { managedBy: ['none-seen'] }, 'yes'],
  [
    'cloudformation, where CDK deploys it',
    { managedBy: ['cloudformation'] },
    'yes',
    { managedBy: known({ by: 'cdk' }) },
  ],
  ['an environment, without regard to case', { environments: ['production'] }, 'yes'],
  ['an owner, without regard to case', { owners: ['WEB'] }, 'yes'],
  ['an environment, where none is named', { environments: ['production'] }, 'no', { owner: known({ tags: [] }) }],
  ['one of several environments, to be asked about', { environments: ['test'] }, 'yes', severalEnvironments, 'ask'],
  ['one of several environments, to be closed', { environments: ['test'] }, 'no', severalEnvironments, 'auto'],
  ['each of several environments', { environments: ['TEST', 'production'] }, 'yes', severalEnvironments, 'auto'],
  ['an instance that says nothing, to be closed', { owners: ['web'] }, 'no', severalEnvironments, 'auto'],
  ['the unit of the account', { organizationalUnits: ['ou-ab12-cdef3456'] }, 'yes'],
  ['a unit further up', { organizationalUnits: ['ou-ab12-00000000'] }, 'yes'],
  ['the root', { organizationalUnits: ['r-ab12'] }, 'yes'],
  ['a unit that is not above it', { organizationalUnits: ['ou-ab12-ffffffff'] }, 'no'],
  ['a unit, where units could not be read', { organizationalUnits: ['ou-ab12-ffffffff'] }, 'unknown', unitsUnread],
  [
    'a unit that does not exist any more, to leave it open',
    { organizationalUnits: ['ou-ab12-ffffffff'] },
    'unknown',
    unitGone,
    'notify',
  ],
  ['the same, to close it', { organizationalUnits: ['ou-ab12-ffffffff'] }, 'no', unitGone, 'auto'],
  [
    'a unit of the account beside one that does not exist any more',
    { organizationalUnits: ['ou-ab12-ffffffff', 'ou-ab12-cdef3456'] },
    'yes',
    unitGone,
    'notify',
  ],
  [
    'another unit, where one does not exist any more',
    { organizationalUnits: ['ou-ab12-eeeeeeee'] },
    'no',
    unitGone,
    'ask',
  ],
  ['attached to an instance', { attachedTo: ['instance', 'rds'] }, 'yes', {}, 'ask'],
  ['attached to nothing', { attachedTo: ['nothing'] }, 'yes', attached([])],
  ['attached to nothing, where something is', { attachedTo: ['nothing'] }, 'no'],
  ['attached to one of two kinds, to ask', { attachedTo: ['lambda'] }, 'yes', attached(['instance', 'lambda']), 'ask'],
  ['attached to one of two kinds, to close', { attachedTo: ['lambda'] }, 'no', attached(['instance', 'lambda'])],
  ['attached to more than was read, to close', { attachedTo: ['lambda'] }, 'unknown', attached(['lambda'], true)],
  ['attached to more than was read, to ask', { attachedTo: ['rds'] }, 'unknown', attached(['lambda'], true), 'ask'],
  ['two facts, both of them wanted', { used: ['none-seen'], reachable: ['yes'] }, 'no'],
  ['two facts, one of them wanted', { used: ['none-seen'], reachable: ['yes'], any: true }, 'yes'],
  ['two facts, one of them wanted, none met', { used: ['none-seen'], reachable: ['no'], any: true }, 'no'],
  ['any: one met, the other not known', { used: ['none-seen'], reachable: ['yes'], any: true }, 'yes', noUse],
  ['any: one not met, the other not known', { used: ['none-seen'], reachable: ['no'], any: true }, 'unknown', noUse],
  ['any: what the finding says must be met too', { accounts: ['333333333333'], reachable: ['yes'], any: true }, 'no'],
  [
    'any: an environment is no fact of which one suffices',
    { environments: ['test'], reachable: ['yes'], any: true },
    'no',
  ],
  ['one not met, the other not known', { used: ['none-seen'], reachable: ['no'] }, 'no', noUse],
  ['one met, the other not known', { used: ['flows'], reachable: ['no'] }, 'unknown', noReach],
];

// Each as one argument: for one that is missing Jest would hand over a callback, and wait for it.
test.each(cases.map((each) => [each[0], each] as const))('%s', (_, [, when, expected, over = {}, mode = 'auto']) => {
  expect(matchConditions(when, facts(over), mode).match).toBe(expected);
});

test('says why what it asks for is not known', () => {
  const { missing } = matchConditions(
    { used: ['none-seen'], organizationalUnits: ['r-ab12'] },
    facts({ ...noUse, ...unitsUnread }),
    'auto',
  );
  expect(missing).toEqual(['the account: denied', 'used: flow logs are in S3']);
});
