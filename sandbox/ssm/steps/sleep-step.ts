import { sleep } from '../../runtime/sleep';
import { StepFailure, type StepAction } from './step';

/**
 * `PT10M`, `P1DT2H`, or a moment.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-sleep.html
 */
export const sleepStep: StepAction = async ({ world: { clock }, inputs: { Duration, Timestamp } }) => {
  const untilMillis =
    typeof Duration === 'string' ? clock.now() + durationMillis(Duration) : Date.parse(String(Timestamp));
  if (Number.isNaN(untilMillis)) throw new StepFailure('Duration (ISO 8601) or Timestamp is required.');
  await sleep(clock, Math.max(untilMillis - clock.now(), 0));
  return {};
};

function durationMillis(text: string): number {
  const match = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match) return NaN;
  const [days, hours, minutes, seconds] = match.slice(1).map((part?: string) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
