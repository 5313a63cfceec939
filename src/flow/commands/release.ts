import { EVERYTHING } from '../ports';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { ReleaseInput } from './command-input';

/** Lets Portcullis act by itself again: in an account that is held, or everywhere, once somebody has looked. */
export async function release(
  { account = EVERYTHING }: ReleaseInput,
  caller: Caller,
  { brake, clock, events, log }: CommandPorts,
): Promise<CommandAnswer> {
  const released = await brake.release(account);
  if (!released.ok) return { kind: 'failed', reason: released.error.cause };
  const { value: hold } = released;
  if (hold === undefined) {
    const what = account === EVERYTHING ? 'the brake is not engaged' : `account ${account} is not held`;
    return { kind: 'refused', reason: `${what}; see portcullis brake status` };
  }
  const { reason, since, remediationId } = hold;
  log.info('Released', { account, caller: caller.arn, heldSince: since, heldBy: hold.by ?? remediationId });
  if (account === EVERYTHING) {
    const detail = { by: caller.arn, reason, since, at: clock.now().toISOString() };
    const published = await events.publish({ detailType: 'Brake Released', detail });
    if (!published.ok) log.error('Nobody was notified of the release', { cause: published.error.cause });
  }
  return { kind: 'done', body: { released: hold } };
}
