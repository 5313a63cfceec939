import type { Scenario } from '../../../src/cli/scenarios/scenario';
import { peerUrl } from '../peer-urls';
import { startForeignSandbox, type ForeignSandbox } from './foreign-sandbox';
import { playOnMoto, SCENARIOS } from './play-on-moto';
import { giveBack, grantsOf, keyOf, takeAway, type Grant } from './role-policies';

/** A scenario that has not ended after a twelfth of its patience, 5 seconds, has failed. */
const HURRY = 12;

/** Granted actions that no scenario fails without, each with what it is for; one that is missed after all fails here. */
const NOT_MISSED: Readonly<Record<string, string>> = {};

const probes: readonly Scenario[] = SCENARIOS.filter(({ expected }) => expected.workflow !== 'NOTIFIED');

let foreign: ForeignSandbox;
const missed = new Set<string>();

beforeAll(async () => {
  foreign = await startForeignSandbox(peerUrl('MOTO_WITH_IAM'));
});
afterAll(() => foreign.stop());

test('every granted action is missed when it is taken away, and none is missing', async () => {
  const grants = grantsOf(foreign.roles);
  for (const grant of grants) if (await isMissed(grant)) missed.add(keyOf(grant));
  const notMissed = grants.map(keyOf).filter((key) => !missed.has(key));
  process.stdout.write(
    `permissions: ${grants.length} actions taken away one by one, ${missed.size} missed, ` +
      `${notMissed.length} explained otherwise\n`,
  );
  expect(notMissed).toEqual(Object.keys(NOT_MISSED).sort());
  for (const probe of probes) expect((await playOnMoto(probe, foreign)).surprises).toEqual([]);
}, 240_000);

/** Whether some scenario ends otherwise without the action. Whatever happens, nothing is RESOLVED that is still open. */
async function isMissed(grant: Grant): Promise<boolean> {
  await takeAway(grant, foreign);
  try {
    for (const probe of probes) {
      const { surprises, workflow } = await playOnMoto(probe, foreign, HURRY);
      if (workflow === 'RESOLVED') expect(surprises.filter((text) => text.startsWith('what is open'))).toEqual([]);
      if (surprises.length > 0) {
        if (process.env['DBG']) process.stderr.write(keyOf(grant) + ' | ' + probe.name + ' | ' + surprises[0] + '\n');
        return true;
      }
    }
    return false;
  } finally {
    await giveBack(grant, foreign);
  }
}
