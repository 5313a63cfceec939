import { targetKey } from '../../core/target';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { WithdrawInput } from './command-input';

/** Takes back a request that waits, whoever asked for it. What an execution has begun goes on. */
export async function withdraw(
  { target, requestId }: WithdrawInput,
  caller: Caller,
  { clock, ledger, log }: CommandPorts,
): Promise<CommandAnswer> {
  const withdrawn = await ledger.withdrawRequest(target, requestId, clock.now());
  if (!withdrawn.ok) return { kind: 'failed', reason: withdrawn.error.cause };
  if (withdrawn.value === 'unknown') {
    return { kind: 'refused', reason: `the ledger holds no request ${requestId} on ${targetKey(target)}` };
  }
  log.info('Request withdrawn', { requestId, target: targetKey(target), caller: caller.arn, found: withdrawn.value });
  return { kind: 'done', body: { requestId, status: withdrawn.value } };
}
