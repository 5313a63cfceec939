import type { PlanPolicy } from '../../core/planning/plan-policy';
import { success } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import { abandon } from './abandon';
import { ExecutionFailure, orFail } from './execution-failure';
import { nextJob, startRecord, type Job } from './job';
import { leaseFrom } from '../intake/lease-from';
import { GATHER_SECONDS, MAX_REMEDIATIONS_PER_EXECUTION } from '../limits';
import type { RemediationRequest } from '../ports';
import type { Progress } from './progress';
import { remediateTarget, type RemediatePorts } from './remediate-target';
import { findingIdentity } from '../intake/route-finding';
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
  input: ExecutionInput,
  ports: RemediatePorts,
  policy: PlanPolicy,
): Promise<ExecutionResult> {
  try {
    return await workOffAll(input, ports, policy);
  } catch (error) {
    await giveUp(input, ports);
    throw error;
  }
}

/**
 * An execution that failed holds its target no longer: its name is used up, so that nothing that arrives would start
 * another for as long as it does. What waits is found by the next arrival.
 */
async function giveUp({ target, generation }: ExecutionInput, { durable, ledger, log }: RemediatePorts): Promise<void> {
  const given = await durable.step('give up', () => ledger.giveUp(target, generation));
  if (!given.ok) log.error('Target stays held', { target: targetKey(target), generation, cause: given.error.cause });
}

async function workOffAll(
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
    const { work, at } = await orFail(
      scoped.step('open work', async () => {
        const opened = await ledger.openWork(target, generation, leaseFrom(clock));
        return opened.ok ? success({ work: opened.value, at: clock.now().toISOString() }) : opened;
      }),
    );
    if (work.kind === 'superseded') {
      log.warn('Another execution holds the target', { target: targetKey(target), generation });
      if (unforeseen) throw unforeseen.error;
      return { kind: 'superseded', remediationIds };
    }
    const remediationId = ports.identifiers.remediationId(target, generation, sequence);
    const job = nextJob(work.requests, target, remediationId);
    let answered = 0;
    if (job) {
      const ended = await workOff(job, at, policy, { ...ports, durable: scoped });
      // What arrived meanwhile is still worked off: only then does the execution end as failed.
      unforeseen ??= ended.unforeseen;
      answered = ended.answered;
      remediationIds.push(remediationId);
    }
    if (work.more || (job && answered < work.requests.length)) continue;
    const released = await orFail(scoped.step('release', () => ledger.release(target, generation, work.arrivals)));
    if (!released) continue;
    if (unforeseen) throw unforeseen.error;
    return { kind: 'released', remediationIds };
  }
  throw new ExecutionFailure(`Requests for ${targetKey(target)} keep arriving faster than they can be worked off.`);
}

interface Ended {
  /** Requests that do not wait any more. */
  readonly answered: number;
  /** What was not foreseen, after everybody was told. */
  readonly unforeseen?: { readonly error: unknown };
}

async function workOff(job: Job, startedAt: string, policy: PlanPolicy, ports: RemediatePorts): Promise<Ended> {
  const { clock, durable, ledger } = ports;
  const progress: Progress = { record: startRecord(job, startedAt) };
  try {
    await remediateTarget(job, progress, policy, ports);
  } catch (error) {
    await abandon(job, progress, error, ports);
    return { answered: job.requests.length, unforeseen: { error } };
  }
  const answered = withoutPostponed(job.requests, progress);
  await orFail(durable.step('answer requests', () => ledger.answerRequests(job.target, answered, clock.now())));
  return { answered: answered.length };
}

function withoutPostponed(
  requests: readonly RemediationRequest[],
  { postponed = [] }: Progress,
): readonly RemediationRequest[] {
  const later = new Set(postponed.map(findingIdentity));
  return requests.filter(({ findings }) => !findings.some((finding) => later.has(findingIdentity(finding))));
}
