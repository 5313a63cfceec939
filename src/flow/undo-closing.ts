import type { Finding, FindingKey } from '../core/findings/finding';
import type { RemediationRecord } from '../core/ledger/remediation-record';
import { runsStillStanding } from '../core/ledger/runs-still-standing';
import type { PlanPolicy } from '../core/planning/plan-policy';
import { decideUndo } from '../core/policy/decide-undo';
import { success } from '../core/result';
import { targetKey } from '../core/target';
import { announceUndo, type Announced } from './announce-undo';
import type { CloseTargetPorts } from './close-target';
import { orFail } from './execution-failure';
import type { UndoJob } from './job';
import type { Progress } from './progress';
import { readHistory, type History } from './read-history';
import { findingIdentity } from './route-finding';
import type { SettlePorts } from './settle';
import { settleUndo } from './settle-undo';
import { toRemediated } from './to-remediated';
import { undoTarget, type BeforeUndo, type UndoEnding } from './undo-target';

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
  const selected = job.requests.flatMap(({ findings }) => findings);
  const findings = await readFindings(job, [...selected, ...(history.ok ? history.value.findings : [])], ports);
  const undoes = history.ok ? history.value.closing.remediationId : job.undoes;
  progress.record = {
    ...progress.record,
    undoes,
    findings: findings.flatMap((finding) => toRemediated(finding) ?? []),
  };
  if (history.ok && isToldAlready(selected, findings, history.value.closing)) {
    ports.log.info('The undo has been told on the findings already', { target: targetKey(job.target), undoes });
    return;
  }
  const announced: Announced = new Set();
  const beforeUndo: BeforeUndo = (plan, current, round) =>
    announceUndo(progress, { plan, current, round }, { findings, announced }, ports);
  const ending = history.ok
    ? await undo(job, progress, history.value, policy, beforeUndo, ports)
    : ({ outcome: 'failed', reason: history.error.cause, isOver: false } as const);
  await settleUndo(job, progress, { ending, findings, announced }, ports);
}

/** Several findings that one closing settled may be selected at once, or one twice: the first undo has told them all. */
function isToldAlready(
  selected: readonly FindingKey[],
  findings: readonly Finding[],
  { undoneBy }: RemediationRecord,
): boolean {
  if (undoneBy === undefined || selected.length === 0) return false;
  const told = new Set(findings.filter(({ portcullisRemediationId: id }) => id === undoneBy).map(findingIdentity));
  return selected.every((finding) => told.has(findingIdentity(finding)));
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
  { closing, other, earlierUndos, openLater }: History,
  { undoMaxAgeDays: maxAgeDays = UNDO_MAX_AGE_DAYS }: PlanPolicy,
  beforeUndo: BeforeUndo,
  ports: UndoPorts,
): Promise<UndoEnding> {
  // The start of the execution, not the clock: what runs again after a wait must decide the same again.
  const now = new Date(progress.record.startedAt);
  const facts = { closing, target, now, maxAgeDays, confirmed, ...(other === undefined ? {} : { other }) };
  const decision = decideUndo(facts);
  if (decision.kind === 'no-go') return { ...decision, isOver: false };
  const runs = runsStillStanding(decision.runs, earlierUndos);
  return undoTarget(progress, { before: decision.before, runs, openLater }, beforeUndo, ports);
}
