import type { Scenario } from '../../../src/cli/scenarios/scenario';
import { peerUrl } from '../peer-urls';
import { startForeignSandbox, type ForeignSandbox } from './foreign-sandbox';
import { NOT_MISSED } from './not-missed';
import { playOnMoto, SCENARIOS } from './play-on-moto';
import { grantsOf, keyOf, takeAway, type Grant } from './role-policies';

/** Once a call was refused, a scenario that has not ended after a twelfth of its patience, 5 seconds, never will. */
const HURRY = 12;

/** Where an action is likely missed: these scenarios are played first. */
const LIKELY: readonly (readonly [action: RegExp, scenario: RegExp])[] = [
  [/NetworkAcl/, /network ACL/],
  [/Authorize/, /every port/i],
  [/Orchestrator dynamodb:(Get|Delete)Item/, /taken back/],
];

const probes: readonly Scenario[] = SCENARIOS.filter(({ expected }) => expected.workflow !== 'NOTIFIED');

let foreign: ForeignSandbox | undefined;

beforeAll(async () => {
  foreign = await startForeignSandbox(peerUrl('MOTO_WITH_IAM'));
});
afterAll(() => foreign?.stop());

function ground(): ForeignSandbox {
  if (!foreign) throw new Error('The foreign sandbox did not start.');
  return foreign;
}

test.each(SCENARIOS)('with EC2, STS and IAM of moto: $name', async (scenario) => {
  const { surprises } = await playOnMoto(scenario, ground());
  expect(surprises).toEqual([]);
});

test('went to moto', () => {
  const { moto, sandbox, sessions } = ground().routing.calls;
  process.stdout.write(
    `foreign ground: ${SCENARIOS.length} scenarios, ${moto} calls to moto, ${sandbox} to the sandbox, ` +
      `${sessions} role sessions granted by both\n`,
  );
  expect(sessions).toBeGreaterThan(0);
  expect(moto).toBeGreaterThan(sessions);
});

describe('permissions', () => {
  afterEach(() => takeAway([], ground()));

  test('each granted action is missed when it alone is taken away', async () => {
    const grants = grantsOf(ground().roles);
    const tried = grants.filter((grant) => !(keyOf(grant) in NOT_MISSED));
    const notMissed: string[] = [];
    for (const grant of tried) if (!(await isMissed(grant))) notMissed.push(keyOf(grant));
    process.stdout.write(
      `permissions: ${grants.length} granted actions, ${tried.length} taken away one by one, ` +
        `${tried.length - notMissed.length} of them missed\n`,
    );
    expect(notMissed).toEqual([]);
  }, 600_000);

  test('those that are for other occasions are not missed, all taken away together', async () => {
    const grants = grantsOf(ground().roles);
    expect(Object.keys(NOT_MISSED).filter((key) => !grants.some((grant) => keyOf(grant) === key))).toEqual([]);
    await takeAway(
      grants.filter((grant) => keyOf(grant) in NOT_MISSED),
      ground(),
    );
    const { refused } = ground().routing;
    refused.clear();
    for (const probe of probes) {
      const { surprises } = await playOnMoto(probe, ground());
      // Lambda asks for logs beside the work, and goes on without.
      const others = [...refused].filter((action) => !action.startsWith('logs:'));
      expect({ surprises, others }).toEqual({ surprises: [], others: [] });
    }
  }, 300_000);
});

/** Whether a call is refused or a scenario ends otherwise. Whatever happens, nothing is RESOLVED that is still open. */
async function isMissed(grant: Grant): Promise<boolean> {
  await takeAway([grant], ground());
  const { refused } = ground().routing;
  refused.clear();
  const hurry = () => (refused.has(grant.action) ? HURRY : 1);
  for (const probe of inLikelyOrder(grant)) {
    const { surprises, workflow } = await playOnMoto(probe, ground(), hurry);
    const open = surprises.filter((text) => text.startsWith('what is open'));
    if (workflow === 'RESOLVED' && probe.expected.workflow === 'RESOLVED') expect(open).toEqual([]);
    if (surprises.length > 0 || refused.has(grant.action)) return true;
  }
  return false;
}

function inLikelyOrder(grant: Grant): readonly Scenario[] {
  const [, likely] = LIKELY.find(([action]) => action.test(keyOf(grant))) ?? [];
  return [...probes].sort(
    (left, right) => Number(likely?.test(right.name) ?? false) - Number(likely?.test(left.name) ?? false),
  );
}
