import type { Context, Fact, Used } from '../../core/context/context';
import { unknown } from '../../core/context/fact';
import type { Plan } from '../../core/planning/plan';
import type { Policy } from '../../core/policy/policy-entry';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { Clock, Durable, FlowLogs } from '../ports';
import { QUERY_SECONDS } from '../limits';

export interface UsePorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly flowLogs: FlowLogs;
}

export interface ToObserveUse {
  readonly target: Target;
  readonly remediationId: string;
  readonly resource: Resource;
  /** To close it. */
  readonly plan: Plan;
  readonly context: Context;
}

/**
 * Searches flow logs for who used what a plan closes. It takes durable steps and waits of its own, so that it is done
 * only where a person or an entry of the policy asks for it; a plain closing costs what it cost before.
 */
export async function observeUse(
  { target, remediationId, resource, plan, context }: ToObserveUse,
  { flowLogs: limits }: Pick<Policy, 'flowLogs'>,
  { clock, durable, flowLogs }: UsePorts,
): Promise<Context> {
  const withUse = (used: Fact<Used>): Context => ({ ...context, used });
  if (limits === undefined) return withUse(unknown('portcullis.yaml names no flowLogs'));
  const { attached, openedBy } = context;
  const begun = await durable.step('ask flow logs', async () => {
    const question = { target, resource, plan, attached, openedBy, limits, now: clock.now(), remediationId };
    return success(await flowLogs.ask(question));
  });
  if (!begun.ok) return withUse(unknown(begun.error.cause));
  if ('cannotTell' in begun.value) return withUse(unknown(begun.value.cannotTell));
  const { asked } = begun.value;
  let waited = 0;
  for (const [read, seconds] of QUERY_SECONDS.entries()) {
    await durable.sleep(`flow logs are searched ${String(read)}`, seconds);
    waited += seconds;
    const answer = await durable.step(`read flow logs ${String(read)}`, async () =>
      success((await flowLogs.read(target, asked, remediationId)) ?? null),
    );
    if (!answer.ok) return withUse(unknown(answer.error.cause));
    if (answer.value !== null) return withUse(answer.value);
  }
  return withUse(unknown(`cannot tell: flow logs were not searched through within ${String(waited)} seconds`));
}
