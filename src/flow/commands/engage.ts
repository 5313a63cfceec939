import { EVERYTHING } from '../ports';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { EngageInput } from './command-input';

/**
 * Has everything that nobody chose ask a person, at once, in every account. The bus is notified by whoever engages it
 * first.
 */
export async function engage(
  { reason }: EngageInput,
  caller: Caller,
  { brake, clock, events, log }: CommandPorts,
): Promise<CommandAnswer> {
  const since = clock.now().toISOString();
  const engaged = await brake.hold({ account: EVERYTHING, reason, by: caller.arn, since });
  if (!engaged.ok) return { kind: 'failed', reason: engaged.error.cause };
  if (!engaged.value) return { kind: 'refused', reason: 'the brake is engaged already; see portcullis brake status' };
  log.warn('Brake engaged', { caller: caller.arn, reason });
  const published = await events.publish({
    detailType: 'Brake Engaged',
    detail: { by: caller.arn, reason, since, at: since },
  });
  if (!published.ok) log.error('Nobody was notified that the brake is engaged', { cause: published.error.cause });
  return { kind: 'done', body: { engaged: { account: EVERYTHING, reason, by: caller.arn, since } } };
}
