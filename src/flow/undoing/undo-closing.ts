import type { Finding } from '../../core/findings/finding';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { runsInEffect } from '../../core/ledger/runs-in-effect';
import type { PlanPolicy } from '../../core/planning/plan-policy';
import { decideUndo } from '../../core/policy/decide-undo';
import { because, type EndReason } from '../../core/reasons/because';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { announceUndo, type Announced } from './announce-undo';
import type { CloseTargetPorts } from '../closing/close-target';
import type { UndoJob } from '../remediation/job';
import { answerWith, replaceRecord, type Progress } from '../remediation/progress';
import { readGrantsOver } from './read-grants-over';
import { readHistory, type History } from './read-history';
import { rememberLeftOpen } from './remember-restored';
import { readShownFindings } from '../remediation/read-shown-findings';
import { findingIdentity } from '../intake/route-finding';
import type { FinalizePorts } from '../remediation/finalize';
import { finalizeUndo } from './finalize-undo';
import { toRemediated } from '../remediation/to-remediated';
import { UNDO_MAX_AGE_DAYS } from './undo-max-age';
import { undoTarget, type BeforeUndo, type UndoResult } from './undo-target';

type UndoPorts = CloseTargetPorts & FinalizePorts;

/** As far as Security Hub may lag behind: it documents "several minutes". */
const LAG_MINUTES = 10;

/** Takes a closing back, as far as nobody has changed it since, and updates the findings that are open again. */
export async function undoClosing(
  job: UndoJob,
  progress: Progress,
  policy: PlanPolicy,
  ports: UndoPorts,
): Promise<void> {
  const history = await readHistory(job, ports);
  const known = history.ok ? history.value : undefined;
  const findings = await readFindings(job, known, progress.record.startedAt, ports);
  const { undoes: claimed, ...record } = progress.record;
  const undoes = history.ok ? known?.closing.remediationId : claimed;
  replaceRecord(progress, {
    ...record,
    ...(undoes === undefined ? {} : { undoes }),
    findings: findings.flatMap((finding) => toRemediated(finding) ?? []),
  });
  if (known !== undefined && isAlreadyNotified(job, findings, known.closing)) {
    ports.log.info('The findings show the undo already', { target: targetKey(job.target), undoes });
    const { undoneBy } = known.closing;
    if (undoneBy !== undefined) answerWith(progress, { remediationId: undoneBy });
    return;
  }
  const announced: Announced = new Set();
  const beforeUndo: BeforeUndo = (plan, current, round) =>
    announceUndo(progress, { plan, current, round }, { findings, announced }, ports);
  const result = history.ok
    ? await undo(job, progress, history.value, policy, beforeUndo, ports)
    : failedBy({ code: 'service-failed', cause: history.error.cause });
  await finalizeUndo(job, progress, { result, findings, announced }, ports);
}

/**
 * Several findings that one closing resolved may be selected at once, or one twice: the first undo has updated them
 * all. Who selects one later is answered anew.
 */
function isAlreadyNotified(
  { requests }: UndoJob,
  findings: readonly Finding[],
  { undoneBy }: RemediationRecord,
): boolean {
  if (undoneBy === undefined) return false;
  const notified = new Map(
    findings
      .filter(({ portcullisRemediationId: id }) => id === undoneBy)
      .map((each) => [findingIdentity(each), Date.parse(each.note?.updatedAt ?? '')]),
  );
  const selected = requests.flatMap(({ findings: keys, chosenAt }) => keys.map((key) => ({ key, chosenAt })));
  return (
    selected.length > 0 &&
    selected.every(({ key, chosenAt }) => {
      const notifiedAt = notified.get(findingIdentity(key));
      return notifiedAt !== undefined && !(Date.parse(chosenAt ?? '') > notifiedAt);
    })
  );
}

/**
 * The findings that the undo updates. Those of a closing that ended minutes ago must show: one that is not updated
 * would stay RESOLVED over rules that are open again. Older ones may have been deleted since. What anybody else
 * resolved on the target fails again as well: another deployment may have found it closed by us, and its ledger is not
 * ours to read.
 */
function readFindings(
  { target, requests }: UndoJob,
  history: History | undefined,
  startedAt: string,
  ports: UndoPorts,
): Promise<readonly Finding[]> {
  const selected = requests.flatMap(({ findings }) => findings);
  const notified = history?.findings ?? [];
  const keys = [...selected, ...notified];
  const endedAt = history?.closing.finishedAt;
  const isRecent = endedAt !== undefined && Date.parse(startedAt) - Date.parse(endedAt) < LAG_MINUTES * 60_000;
  const isWanted = (finding: Finding) =>
    finding.target !== undefined && targetKey(finding.target) === targetKey(target);
  const resolvedOn = history === undefined ? {} : { resolvedOn: target };
  return readShownFindings({ keys, seen: isRecent ? keys : selected, isWanted, ...resolvedOn }, ports);
}

async function undo(
  { target, undoes: claimed, confirmed, requests }: UndoJob,
  progress: Progress,
  history: History | undefined,
  { undoMaxAgeDays: maxAgeDays = UNDO_MAX_AGE_DAYS }: PlanPolicy,
  beforeUndo: BeforeUndo,
  ports: UndoPorts,
): Promise<UndoResult> {
  if (history === undefined) {
    const named = claimed === undefined ? {} : { claimed };
    return { outcome: 'nothing-to-undo', ...because({ code: 'no-closing-known', ...named }), isOver: false };
  }
  const { closing, other, earlierUndos, openLater, hadGrants } = history;
  const left = closing.outcome === 'stopped' ? await rememberLeftOpen(closing, progress.record, ports) : success(null);
  if (!left.ok) return failedBy({ code: 'left-open-not-stored', cause: left.error.cause });
  // The start of the execution, not the clock: what runs again after a wait must decide the same again.
  const now = new Date(progress.record.startedAt);
  const askedAt = requests
    .flatMap((request) => request.askedAt ?? [])
    .sort()
    .at(-1);
  const facts = {
    ...{ closing, target, now, maxAgeDays, confirmed },
    ...(other === undefined ? {} : { other }),
    ...(askedAt === undefined ? {} : { askedAt }),
  };
  const decision = decideUndo(facts);
  if (decision.kind === 'no-go') return { ...decision, isOver: false };
  const grantsOver = hadGrants ? await readGrantsOver(target, now, ports) : success([]);
  if (!grantsOver.ok) return failedBy({ code: 'service-failed', cause: grantsOver.error.cause });
  const runs = runsInEffect(decision.runs, earlierUndos);
  const closed = { before: decision.before, runs, openLater, grantsOver: grantsOver.value };
  return undoTarget(progress, closed, beforeUndo, ports);
}

function failedBy(reason: EndReason): UndoResult {
  return { outcome: 'failed', ...because(reason), isOver: false };
}
