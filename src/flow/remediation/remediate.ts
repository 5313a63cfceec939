import type { FindingKey } from '../../core/findings/finding';
import type { Policy } from '../../core/policy/policy-entry';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { abandon } from './abandon';
import { ExecutionFailure, orFail } from './execution-failure';
import { nextJob, type Job } from './job';
import { GATHER_SECONDS, MAX_REMEDIATIONS_PER_EXECUTION } from '../limits';
import type { ExecutionStart, PortResult, RemediationRequest } from '../ports';
import type { Progress } from './progress';
import { startRecord } from './start-record';
import { remediateTarget, type RemediatePorts } from './remediate-target';
import { findingIdentity } from '../intake/route-finding';
import { forRemediation } from './scoped-durable';
import { joiningRequests, noteResolved, type Resolved } from './joining-requests';
import { withFreshReading, withoutReading } from './fresh-reading';

export interface ExecutionResult {
  /** `superseded`: another execution holds the target. */
  readonly kind: 'released' | 'superseded';
  readonly remediationIds: readonly string[];
}

/**
 * One execution: processes what is requested for its target, and what arrives meanwhile, and ends only when nothing has
 * arrived since it read last.
 *
 * @throws ExecutionFailure, or whatever was not foreseen, after the findings were updated: the execution counts as
 *   failed.
 */
export async function remediate(
  input: ExecutionStart,
  ports: RemediatePorts,
  policy: Policy,
): Promise<ExecutionResult> {
  try {
    return await processAll(input, ports, policy);
  } catch (error) {
    await giveUp(input, ports);
    throw error;
  }
}

/**
 * An execution that failed holds its target no longer: its name is used up, so that nothing that arrives would start
 * another for as long as it does. What waits is found by the next arrival.
 */
async function giveUp({ target, ...tenure }: ExecutionStart, { durable, ledger, log }: RemediatePorts): Promise<void> {
  const given = await durable.step('give up', () => ledger.giveUp(target, tenure));
  if (given.ok) return;
  const { generation } = tenure;
  log.error('Target stays held', { target: targetKey(target), generation, cause: given.error.cause });
}

async function processAll(
  { target, ...tenure }: ExecutionStart,
  ports: RemediatePorts,
  policy: Policy,
): Promise<ExecutionResult> {
  const { durable, ledger, log } = ports;
  const remediationIds: string[] = [];
  const handled: Handled = new Map();
  const resolved: Resolved = new Map();
  let unforeseen: { readonly error: unknown } | undefined;
  await durable.sleep('gather', GATHER_SECONDS);
  for (let sequence = 0; sequence < MAX_REMEDIATIONS_PER_EXECUTION; sequence++) {
    const scoped = forRemediation(durable, sequence);
    const work = await orFail(scoped.step('open work', () => beginWork({ target, ...tenure }, ports)));
    if (work.kind === 'superseded') {
      log.warn('Another execution holds the target', { target: targetKey(target), generation: tenure.generation });
      if (unforeseen) throw unforeseen.error;
      return { kind: 'superseded', remediationIds };
    }
    const remediationId = ports.identifiers.remediationId(target, tenure, sequence);
    const isUntouched = sequence === 0 && tenure.generation === 1;
    const joining = joiningRequests(work.begun, resolved);
    for (const [answeredBy, requests] of joining) {
      log.info('Requests were answered by the closing before', {
        target: targetKey(target),
        remediationId: answeredBy,
      });
      const answer = { remediationId: answeredBy };
      await orFail(
        scoped.step(`answer what ${answeredBy} closed`, () =>
          ledger.answerRequests(target, requests, answer, ports.clock.now()),
        ),
      );
    }
    const joined = [...joining.values()].flat();
    const begun = work.begun
      .filter((request) => !joined.includes(request))
      .map((request) => withoutHandled(request, handled))
      .map((request) => (isUntouched ? withFreshReading(request, work.at) : withoutReading(request)));
    const job = nextJob(begun, target, remediationId, new Date(work.at));
    let answered = joined.length;
    if (job) {
      const ended = await processRequests(job, work.at, policy, { ...ports, durable: scoped });
      // What arrived meanwhile is still processed: only then does the execution end as failed.
      unforeseen ??= ended.unforeseen;
      answered += ended.answered;
      noteHandled(handled, job, ended.postponed);
      noteResolved(resolved, ended.record);
      remediationIds.push(remediationId);
    }
    if (work.more || answered < work.waiting) continue;
    const released = await orFail(scoped.step('release', () => ledger.release(target, tenure, work.arrivals)));
    if (!released) continue;
    if (unforeseen) throw unforeseen.error;
    return { kind: 'released', remediationIds };
  }
  throw new ExecutionFailure(`Requests for ${targetKey(target)} keep arriving faster than they can be worked off.`);
}

/** Findings that are done with, by the requests that still wait for others of theirs. */
type Handled = Map<string, ReadonlySet<string>>;

/** One request may name findings that end in remediations of their own. */
function withoutHandled(request: RemediationRequest, handled: Handled): RemediationRequest {
  const done = handled.get(request.id);
  if (done === undefined) return request;
  return { ...request, findings: request.findings.filter((each) => !done.has(findingIdentity(each))) };
}

function noteHandled(handled: Handled, { requests }: Job, postponed: readonly FindingKey[]): void {
  const later = new Set(postponed.map(findingIdentity));
  if (later.size === 0) return;
  for (const { id, findings } of requests) {
    const done = findings.map(findingIdentity).filter((each) => !later.has(each));
    handled.set(id, new Set([...(handled.get(id) ?? []), ...done]));
  }
}

type Begun =
  | { readonly kind: 'superseded' }
  | {
      readonly kind: 'held';
      /** When it was read, ISO 8601, UTC. */
      readonly at: string;
      readonly arrivals: number;
      /** Requests that waited, and whether there are more than these. */
      readonly waiting: number;
      readonly more: boolean;
      /** Those that are processed now: nobody can withdraw them any more. */
      readonly begun: readonly RemediationRequest[];
    };

/** Reads what waits, and begins what comes first of it. Answers as little as may be, since it is stored. */
async function beginWork({ target, ...tenure }: ExecutionStart, { clock, ledger }: RemediatePorts): PortResult<Begun> {
  const work = await ledger.openWork(target, tenure);
  if (!work.ok) return work;
  if (work.value.kind === 'superseded') return success({ kind: 'superseded' });
  const { arrivals, requests, more } = work.value;
  const now = clock.now();
  // The job has its id where it is made; what it takes up is the same.
  const chosen = nextJob(requests, target, '', now)?.requests ?? [];
  const begun = chosen.length === 0 ? success([]) : await ledger.beginRequests(target, chosen, now);
  if (!begun.ok) return begun;
  const at = now.toISOString();
  return success({ kind: 'held', at, arrivals, waiting: requests.length, more, begun: begun.value });
}

interface ExecutionEnd {
  readonly record: RemediationRecord;
  /** Requests that do not wait any more. */
  readonly answered: number;
  /** Findings that are left for another remediation. */
  readonly postponed: readonly FindingKey[];
  /** What was not foreseen, after everybody was notified. */
  readonly unforeseen?: { readonly error: unknown };
}

async function processRequests(
  job: Job,
  startedAt: string,
  policy: Policy,
  ports: RemediatePorts,
): Promise<ExecutionEnd> {
  const { clock, durable, ledger } = ports;
  const progress: Progress = { record: startRecord(job, startedAt) };
  try {
    await remediateTarget(job, progress, policy, ports);
  } catch (error) {
    await abandon(job, progress, error, ports);
    return { record: progress.record, answered: job.requests.length, postponed: [], unforeseen: { error } };
  }
  const answered = withoutPostponed(job.requests, progress);
  const answer = progress.answer ?? { remediationId: job.remediationId };
  await orFail(durable.step('answer requests', () => ledger.answerRequests(job.target, answered, answer, clock.now())));
  return { record: progress.record, answered: answered.length, postponed: progress.postponed ?? [] };
}

function withoutPostponed(
  requests: readonly RemediationRequest[],
  { postponed = [] }: Progress,
): readonly RemediationRequest[] {
  const later = new Set(postponed.map(findingIdentity));
  return requests.filter(({ findings }) => !findings.some((finding) => later.has(findingIdentity(finding))));
}
