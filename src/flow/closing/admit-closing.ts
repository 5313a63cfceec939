import type { ClosingLimit } from '../../core/policy/closing-limit';
import { describeHold } from '../../core/updates/describe-hold';
import { success } from '../../core/result';
import { EVERYTHING, type Brake, type BrakeEvents, type Clock, type Hold, type Log, type PortResult } from '../ports';

export interface AdmitPorts {
  readonly brake: Pick<Brake, 'countClosing' | 'fetchHold' | 'hold'>;
  readonly clock: Clock;
  readonly events: BrakeEvents;
  readonly log: Log;
}

/** Who pulls the brake where no person does. */
const BY_ITSELF = 'Portcullis itself';

/**
 * Says why a closing that nobody chose may not go on, before it changes anything. Somebody may have pulled the brake
 * while its target was read: searching flow logs alone takes minutes. Then it is counted, and one more than the limit
 * within its time has everything ask, until a person releases the brake. Each closing is counted before the sum is
 * read, so that never more than the limit go on. One whose process is lost may be counted twice, which brakes sooner.
 *
 * @param limit missing where nothing is counted
 * @returns what holds it; undefined where it goes on
 */
export async function admitClosing(
  account: string,
  limit: ClosingLimit | undefined,
  { brake, clock, events, log }: AdmitPorts,
): PortResult<string | undefined> {
  const pulled = await brake.fetchHold(account);
  if (!pulled.ok) return pulled;
  if (pulled.value !== undefined) return success(describeHold(pulled.value, account));
  if (limit === undefined) return success(undefined);
  const { closings, minutes } = limit;
  const now = clock.now();
  const counted = await brake.countClosing(now, minutes);
  if (!counted.ok) return counted;
  if (counted.value <= closings) return success(undefined);
  const reason = `More than ${String(closings)} closings by themselves within ${String(minutes)} minutes.`;
  const since = now.toISOString();
  const hold: Hold = { account: EVERYTHING, reason, by: BY_ITSELF, since };
  const held = await brake.hold(hold);
  if (!held.ok) return held;
  if (held.value) {
    log.warn('Brake engaged', { by: BY_ITSELF, reason });
    const detail = { by: BY_ITSELF, reason, since, at: since };
    const published = await events.publish({ detailType: 'Brake Engaged', detail });
    if (!published.ok) log.error('Nobody was notified that the brake is engaged', { cause: published.error.cause });
  }
  return success(describeHold(hold, account));
}

/**
 * Says what holds a closing that was admitted, and waits for its turn with SSM: somebody has pulled the brake since. It
 * is not counted again.
 */
export async function readHold(account: string, { brake }: Pick<AdmitPorts, 'brake'>): PortResult<string | undefined> {
  const pulled = await brake.fetchHold(account);
  if (!pulled.ok) return pulled;
  return success(pulled.value === undefined ? undefined : describeHold(pulled.value, account));
}
