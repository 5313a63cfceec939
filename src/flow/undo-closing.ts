import type { Finding, FindingKey } from '../core/findings/finding';
import type { RemediationRecord } from '../core/ledger/remediation-record';
import { runsStillStanding } from '../core/ledger/runs-still-standing';
import type { PlanPolicy } from '../core/planning/plan-policy';
import { decideUndo } from '../core/policy/decide-undo';
import { failure, success } from '../core/result';
import { targetKey } from '../core/target';
import type { CloseTargetPorts } from './close-target';
import { orFail } from './execution-failure';
import type { UndoJob } from './job';
import type { Outcome } from './ports';
import type { Progress } from './progress';
import type { SettlePorts } from './settle';
import { settleUndo } from './settle-undo';
import { toRemediated } from './to-remediated';
import { undoTarget, type UndoEnding } from './undo-target';

type UndoPorts = CloseTargetPorts & SettlePorts;

/** Days after which an undo must be confirmed, where the policy does not say. */
const UNDO_MAX_AGE_DAYS = 30;

/** Takes a closing back, as far as nobody has changed it since, and tells the findings that are open again. */
export async function undoClosing(
  job: UndoJob,
  progress: Progress,
  policy: PlanPolicy,
  ports: UndoPorts,
): Promise<void> {
  const history = await readHistory(job, ports);
  const concerned = [
    ...job.requests.flatMap(({ findings }) => findings),
    ...(history.ok ? history.value.findings : []),
  ];
  const current = await readFindings(job, concerned, ports);
  progress.record = { ...progress.record, findings: current.flatMap((finding) => toRemediated(finding) ?? []) };
  const ending = history.ok
    ? await undo(job, progress, history.value, policy, ports)
    : ({ outcome: 'failed', reason: history.error.cause, isOver: false } as const);
  await settleUndo(job, progress, { ending, findings: current }, ports);
}

/** What the ledger knows of the closing and of what came after it. */
interface History {
  readonly closing: RemediationRecord;
  /** Runs of earlier undos of it. */
  readonly earlierUndos: readonly Pick<RemediationRecord, 'runs'>[];
  /** Findings that closings of the target have settled: each of them may fail again. */
  readonly findings: readonly FindingKey[];
}

async function readHistory({ target, undoes }: UndoJob, { durable, ledger }: UndoPorts): Outcome<History> {
  const closing = await durable.step('read closing', async () => {
    const read = await ledger.fetchRemediation(undoes);
    if (!read.ok || read.value !== undefined) return read;
    const cause = `The ledger holds no remediation ${undoes}: what was there before cannot be known.`;
    return failure({ code: 'not-found', retryable: false, cause });
  });
  if (!closing.ok) return closing;
  if (closing.value === undefined) throw new Error('A closing that is not there was read.');
  const others = await durable.step('read remediations of target', async () => {
    const read = await ledger.fetchRemediationsOf(target);
    return read.ok ? success(summaryOf(read.value, undoes)) : read;
  });
  return others.ok ? success({ closing: closing.value, ...others.value }) : others;
}

/** Little of it: the result of a step is stored, and records hold whole groups. */
function summaryOf(records: readonly RemediationRecord[], undoes: string): Omit<History, 'closing'> {
  return {
    earlierUndos: records
      .filter((record) => record.action === 'undo' && record.undoes === undoes)
      .map(({ runs }) => ({ runs })),
    findings: records
      .filter(({ action, outcome }) => action === 'close' && (outcome === 'closed' || outcome === 'already-closed'))
      .flatMap(({ findings }) => findings.map(({ id, productArn }) => ({ id, productArn }))),
  };
}

function readFindings(
  { target }: UndoJob,
  keys: readonly FindingKey[],
  { durable, hub }: UndoPorts,
): Promise<readonly Finding[]> {
  return orFail(
    durable.step('read findings', async () => {
      const found = keys.length === 0 ? success([]) : await hub.fetchFindings(keys);
      if (!found.ok) return found;
      return success(
        found.value.filter((each) => each.target !== undefined && targetKey(each.target) === targetKey(target)),
      );
    }),
  );
}

async function undo(
  { target, confirmed }: UndoJob,
  progress: Progress,
  { closing, earlierUndos }: History,
  { undoMaxAgeDays: maxAgeDays = UNDO_MAX_AGE_DAYS }: PlanPolicy,
  ports: UndoPorts,
): Promise<UndoEnding> {
  // The start of the execution, not the clock: what runs again after a wait must decide the same again.
  const now = new Date(progress.record.startedAt);
  const decision = decideUndo({ closing, target, now, maxAgeDays, confirmed });
  if (decision.kind === 'no-go') return { ...decision, isOver: false };
  const runs = runsStillStanding(decision.runs, earlierUndos);
  return undoTarget(progress, { before: decision.before, runs }, ports);
}
