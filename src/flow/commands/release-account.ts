import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { ReleaseInput } from './command-input';

/** Lets Portcullis act by itself again in an account that is held, once somebody has looked. */
export async function releaseAccount(
  { account }: ReleaseInput,
  caller: Caller,
  { brake, log }: CommandPorts,
): Promise<CommandAnswer> {
  const released = await brake.release(account);
  if (!released.ok) return { kind: 'failed', reason: released.error.cause };
  const { value: hold } = released;
  if (hold === undefined) {
    return { kind: 'refused', reason: `account ${account} is not held; see portcullis brake status` };
  }
  log.info('Account released', { account, caller: caller.arn, heldSince: hold.since, by: hold.remediationId });
  return { kind: 'done', body: { released: hold } };
}
