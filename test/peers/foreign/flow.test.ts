import { peerUrl } from '../peer-urls';
import { startForeignSandbox, type ForeignSandbox } from './foreign-sandbox';
import { playOnMoto, SCENARIOS } from './play-on-moto';

let foreign: ForeignSandbox | undefined;

beforeAll(async () => {
  foreign = await startForeignSandbox(peerUrl('MOTO_WITH_IAM'));
});
afterAll(async () => {
  if (!foreign) return;
  const { moto, sandbox, sessions } = foreign.routing.calls;
  process.stdout.write(`foreign ground: ${moto} calls to moto, ${sandbox} to the sandbox, ${sessions} role sessions\n`);
  await foreign.stop();
});

test.each(SCENARIOS)('on moto: $name', async (scenario) => {
  if (!foreign) throw new Error('The foreign sandbox did not start.');
  const { surprises } = await playOnMoto(scenario, foreign);
  expect(surprises).toEqual([]);
});
