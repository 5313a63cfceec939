import { randomUUID } from 'node:crypto';
import type { Target } from '../../core/target';
import { askDeployment } from './ask-deployment';
import type { GrantedInScenario } from './scenario';
import type { Stage } from './stage';

const HOUR_MILLIS = 60 * 60 * 1000;
const PATIENCE_MILLIS = 60_000;
const POLL_EVERY_MILLIS = 50;

/**
 * Somebody has a port opened for some hours, which then pass.
 *
 * @param isOpen whether the target lets the source in at this moment
 * @returns what was not as it should be
 */
export async function grantForAWhile(
  { port, source, hours }: GrantedInScenario,
  target: Target,
  stage: Stage,
  isOpen: () => Promise<boolean>,
): Promise<readonly string[]> {
  const what = `port ${String(port)} from ${source}`;
  stage.say(`portcullis open: ${what}, for ${String(hours)} hours`);
  await askDeployment(stage, {
    ...{ command: 'open', askId: randomUUID(), target, port, source },
    ...{ for: `${String(hours)}h`, reason: 'the disk is full' },
  });
  if (!(await waitUntil(isOpen, stage))) return [`${what} was not opened`];
  stage.say(`${what} is open`);
  if (stage.time === undefined) return [];
  stage.say(`${String(hours)} hours pass`);
  await stage.time.advance(hours * HOUR_MILLIS);
  return (await waitUntil(async () => !(await isOpen()), stage)) ? [] : [`${what} is open past its end`];
}

async function waitUntil(isSo: () => Promise<boolean>, stage: Stage): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (!(await isSo())) {
    if (Date.now() > deadline) return false;
    await stage.pause(POLL_EVERY_MILLIS);
  }
  return true;
}
