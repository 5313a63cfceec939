import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';
import { deployedDirectly, responsibilitiesOf } from '../../../../src/core/configuration/rollout-responsibilities';

const [HUB, ROLLOUT, DRILL, OTHER] = ['111111111111', '999999999999', '333333333333', '222222222222'] as const;
const base = {
  organizationId: 'o-a1b2c3d4e5',
  hub: { account: HUB, aggregationRegion: 'eu-central-1' },
  members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
  drill: { accounts: [DRILL] },
};
const right = { account: ROLLOUT, organizationalUnits: ['ou-ab12-cdef3456'] };

function parse(rollout: unknown) {
  return parseConfiguration({ ...base, rollout });
}

function valid(rollout: unknown) {
  const parsed = parse(rollout);
  if (!parsed.ok) throw new Error(parsed.error.map(renderMistake).join('\n'));
  return parsed.value;
}

test.each([
  ['no account', { organizationalUnits: ['ou-ab12-cdef3456'] }, /^rollout\.account: is missing; write/],
  ['a number for an account', { ...right, account: 999999999999 }, /^rollout\.account: 999999999999 .*12 digits/],
  [
    'no unit',
    { ...right, organizationalUnits: [] },
    /^rollout\.organizationalUnits: .*list ids of organizational units/,
  ],
  [
    'the name of a unit',
    { ...right, organizationalUnits: ['Workloads'] },
    /^rollout\.organizationalUnits\[0\]: "Workloads" is not valid; write the id of an organizational unit/,
  ],
  [
    'a unit twice',
    { ...right, organizationalUnits: ['ou-ab12-cdef3456', 'ou-ab12-cdef3456'] },
    /^rollout\.organizationalUnits: .*names a unit twice; list ids/,
  ],
  [
    'the root beside a unit in it',
    { ...right, organizationalUnits: ['r-ab12', 'ou-ab12-cdef3456'] },
    /^rollout\.organizationalUnits: .*names the root, which all other units are in; .*the root alone/,
  ],
  [
    'another administrator',
    { ...right, administrator: 'me' },
    /^rollout\.administrator: "me" .*write delegated or management/,
  ],
  ['an account twice', { ...right, directly: [HUB, HUB] }, /^rollout\.directly: .*names an account twice/],
  [
    'half a percent',
    { ...right, maxConcurrentPercentage: 0.5 },
    /^rollout\.maxConcurrentPercentage: 0\.5 .*from 1 to 100/,
  ],
  [
    'nobody at a time',
    { ...right, maxConcurrentPercentage: 0 },
    /^rollout\.maxConcurrentPercentage: 0 .*from 1 to 100/,
  ],
  ['more than all', { ...right, failureTolerancePercentage: 101 }, /^rollout\.failureTolerancePercentage: .*0 to 100/],
  ['a key of nobody', { ...right, regions: ['eu-central-1'] }, /^rollout\.regions: .*is not a known key/],
  ['a switch', true, /^rollout: true .*write \{ account: /],
])('%s is a mistake with a fix', (_, rollout, line) => {
  const parsed = parse(rollout);
  expect(parsed.ok ? [] : parsed.error.map(renderMistake)).toEqual([expect.stringMatching(line)]);
});

test('the root alone is a unit, and what is left out has safe values', () => {
  expect(valid({ ...right, organizationalUnits: ['r-ab12'] }).rollout).toEqual({
    ...{ account: ROLLOUT, administrator: 'delegated', organizationalUnits: ['r-ab12'] },
    ...{ failureTolerancePercentage: 10, maxConcurrentPercentage: 25, retainStacks: false },
  });
  expect(valid(undefined).rollout).toBeUndefined();
});

test('who deploys the member stack with credentials of their own: the hub, and the management account', () => {
  expect(deployedDirectly(valid(undefined))).toEqual([]);
  expect(deployedDirectly(valid(right))).toEqual([HUB]);
  expect(deployedDirectly(valid({ ...right, administrator: 'management' }))).toEqual([HUB, ROLLOUT]);
  expect(deployedDirectly(valid({ ...right, account: HUB, administrator: 'management' }))).toEqual([HUB]);
  expect(deployedDirectly(valid({ ...right, directly: [OTHER] }))).toEqual([OTHER]);
  expect(deployedDirectly(valid({ ...right, directly: [] }))).toEqual([]);
});

test.each([
  ['the hub account', HUB, right, { hub: true, rollout: false, members: true, drill: false }],
  ['the account of the StackSet', ROLLOUT, right, { hub: false, rollout: true, members: false, drill: false }],
  [
    'the management account',
    ROLLOUT,
    { ...right, administrator: 'management' },
    { hub: false, rollout: true, members: true, drill: false },
  ],
  [
    'the hub account that is the delegated administrator',
    HUB,
    { ...right, account: HUB },
    { hub: true, rollout: true, members: true, drill: false },
  ],
  ['an account for drills', DRILL, right, { hub: false, rollout: false, members: false, drill: true }],
  ['any other account', OTHER, right, { hub: false, rollout: false, members: false, drill: false }],
])('what %s is responsible for', (_, account, rollout, expected) => {
  expect(responsibilitiesOf(account, valid(rollout))).toEqual(expected);
});
