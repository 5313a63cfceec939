import { peerUrl } from '../peer-urls';
import { startForeignSandbox, type ForeignSandbox } from './foreign-sandbox';
import { NOT_MISSED } from './not-missed';
import type { Probe } from './occasions/occasion';
import { PROBES } from './occasions/probes';
import { grantsOf, keyOf, takeAway, type Grant } from './role-policies';

/** Once a call was refused, a probe that has not ended after a twelfth of its patience, 5 seconds, never will. */
const HURRY = 12;

/** Where an action is likely missed: these are played first. */
const LIKELY: readonly (readonly [action: RegExp, probe: RegExp])[] = [
  [/DeleteNetworkAclEntry/, /network ACL .*taken back/],
  [/NetworkAcl/, /network ACL/],
  [/Egress|NetworkInterfaces/, /default group/],
  [/Authorize/, /every port/i],
  [/PrefixList/, /prefix list/],
  [/CreateTags/, /with tags/],
];

let foreign: ForeignSandbox | undefined;

beforeAll(async () => {
  foreign = await startForeignSandbox(peerUrl('MOTO_WITH_IAM'));
});
afterAll(() => foreign?.stop());

function ground(): ForeignSandbox {
  if (!foreign) throw new Error('The foreign sandbox did not start.');
  return foreign;
}

const atLeisure = (): number => 1;

test.each(PROBES)('with EC2, STS and IAM of moto: $name', async (probe) => {
  const { surprises } = await probe.play(ground(), atLeisure);
  expect(surprises).toEqual([]);
});

test('went to moto', () => {
  const { moto, sandbox, sessions } = ground().routing.calls;
  process.stdout.write(
    `foreign ground: ${PROBES.length} scenarios, ${moto} calls to moto, ${sandbox} to the sandbox, ` +
      `${sessions} role sessions granted by both\n`,
  );
  expect(sessions).toBeGreaterThan(0);
  expect(moto).toBeGreaterThan(sessions);
});

describe('permissions', () => {
  afterEach(() => takeAway([], ground()));

  test('each granted action that moto judges is missed when it alone is taken away', async () => {
    const grants = grantsOf(ground().roles);
    const tried = grants.filter((grant) => !(keyOf(grant) in NOT_MISSED));
    const notMissed: string[] = [];
    for (const grant of tried) if (!(await isMissed(grant))) notMissed.push(keyOf(grant));
    process.stdout.write(
      `permissions: ${grants.length} granted actions, ${tried.length} taken away one by one, ` +
        `${tried.length - notMissed.length} of them missed\n`,
    );
    expect(notMissed).toEqual([]);
  }, 900_000);

  test('those that are for other occasions are not missed, all taken away together', async () => {
    const grants = grantsOf(ground().roles);
    expect(Object.keys(NOT_MISSED).filter((key) => !grants.some((grant) => keyOf(grant) === key))).toEqual([]);
    const taken = grants.filter((grant) => keyOf(grant) in NOT_MISSED);
    await takeAway(taken, ground());
    const { refused } = ground().routing;
    refused.clear();
    for (const probe of taken.length > 0 ? PROBES : []) {
      const { surprises } = await probe.play(ground(), atLeisure);
      // Some calls of others are refused on purpose.
      const missed = taken.filter(({ action }) => refused.has(action) && !probe.refuses.includes(action));
      refused.clear();
      expect({ surprises, missed }).toEqual({ surprises: [], missed: [] });
    }
  }, 300_000);
});

/** Whether a call is refused or something ends otherwise. Whatever happens, nothing is RESOLVED that is still open. */
async function isMissed(grant: Grant): Promise<boolean> {
  await takeAway([grant], ground());
  const { refused } = ground().routing;
  refused.clear();
  const hurry = (): number => (refused.has(grant.action) ? HURRY : 1);
  for (const probe of inLikelyOrder(grant)) {
    const { surprises, resolvedWhileOpen } = await probe.play(ground(), hurry);
    expect({ probe: probe.name, resolvedWhileOpen }).toEqual({ probe: probe.name, resolvedWhileOpen: false });
    if (surprises.length > 0 || refused.has(grant.action)) return true;
  }
  return false;
}

function inLikelyOrder(grant: Grant): readonly Probe[] {
  const [, likely] = LIKELY.find(([action]) => action.test(keyOf(grant))) ?? [];
  return PROBES.filter(({ refuses }) => !refuses.includes(grant.action)).sort(
    (left, right) => Number(likely?.test(right.name) ?? false) - Number(likely?.test(left.name) ?? false),
  );
}
