import type { PlanPolicy } from '../core/planning/plan-policy';
import { success } from '../core/result';
import { targetKey, type Target } from '../core/target';
import { abandon } from './abandon';
import { ExecutionFailure, orFail } from './execution-failure';
import { nextJob, startRecord, type Job } from './job';
import { leaseFrom } from './lease-from';
import { GATHER_SECONDS, MAX_REMEDIATIONS_PER_EXECUTION } from './limits';
import type { Progress } from './progress';
import { remediateTarget, type RemediatePorts } from './remediate-target';
import { forRemediation } from './scoped-durable';

/** What the dispatcher starts an execution with. */
export interface ExecutionInput {
  readonly target: Target;
  readonly generation: number;
}

export interface ExecutionResult {
  /** `superseded`: another execution holds the target. */
  readonly kind: 'released' | 'superseded';
  readonly remediationIds: readonly string[];
}

/**
 * One execution: works off what is requested for its target, and what arrives meanwhile, and ends only when nothing has
 * arrived since it looked last.
 *
 * @throws ExecutionFailure, or whatever was not foreseen, after the findings were told: the execution counts as failed.
 */
export async function remediate(
  { target, generation }: ExecutionInput,
  ports: RemediatePorts,
  policy: PlanPolicy,
): Promise<ExecutionResult> {
  const { clock, durable, ledger, log } = ports;
  const remediationIds: string[] = [];
  let unforeseen: { readonly error: unknown } | undefined;
  await durable.sleep('gather', GATHER_SECONDS);
  for (let sequence = 0; sequence < MAX_REMEDIATIONS_PER_EXECUTION; sequence++) {
    const scoped = forRemediation(durable, sequence);
    const work = await orFail(scoped.step('open work', () => ledger.openWork(target, generation, leaseFrom(clock))));
    if (work.kind === 'superseded') {
      log.warn('Another execution holds the target', { target: targetKey(target), generation });
      if (unforeseen) throw unforeseen.error;
      return { kind: 'superseded', remediationIds };
    }
    const remediationId = ports.identifiers.remediationId(target, generation, sequence);
    const job = nextJob(work.requests, target, remediationId);
    if (job) {
      const failed = await workOff(job, policy, { ...ports, durable: scoped });
      // What arrived meanwhile is still worked off: only then does the execution end as failed.
      unforeseen ??= failed;
      remediationIds.push(remediationId);
    }
    if (work.more || (job && job.requests.length < work.requests.length)) continue;
    const released = await orFail(scoped.step('release', () => ledger.release(target, generation, work.arrivals)));
    if (!released) continue;
    if (unforeseen) throw unforeseen.error;
    return { kind: 'released', remediationIds };
  }
  throw new ExecutionFailure(`Requests for ${targetKey(target)} keep arriving faster than they can be worked off.`);
}

/** Answers what was not foreseen, after everybody was told. */
async function workOff(
  job: Job,
  policy: PlanPolicy,
  ports: RemediatePorts,
): Promise<{ readonly error: unknown } | undefined> {
  const { clock, durable, ledger } = ports;
  const startedAt = await orFail(durable.step('start', () => Promise.resolve(success(clock.now().toISOString()))));
  const progress: Progress = { record: startRecord(job, startedAt) };
  try {
    await remediateTarget(job, progress, policy, ports);
  } catch (error) {
    await abandon(job, progress, error, ports);
    return { error };
  }
  await orFail(durable.step('delete requests', () => ledger.deleteRequests(job.target, job.requests)));
  return undefined;
}
