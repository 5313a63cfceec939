import type { Finding } from '../../core/findings/finding';
import { success } from '../../core/result';
import { toFindingUpdate } from '../../core/updates/to-finding-update';
import { toNoteOnly } from '../../core/updates/to-note-only';
import type { Announced } from './announce-undo';
import { orFail } from '../remediation/execution-failure';
import { failsAgain } from './fails-again';
import { forgetRestored, readRestored } from '../closing/restored';
import type { UndoJob } from '../remediation/job';
import { addToRecord, setEventTerms, type EventTerms, type Progress } from '../remediation/progress';
import { findingIdentity } from '../intake/route-finding';
import { finish, notifyPeople, type FinalizePorts } from '../remediation/finalize';
import type { UndoResult } from './undo-target';

interface Undone {
  readonly result: UndoResult;
  /** As Security Hub held them before the undo. */
  readonly findings: readonly Finding[];
  /** Those of them that are not RESOLVED any more, because it began. */
  readonly announced: Announced;
}

/**
 * Ends an undo: its record, the mark on the closing, the findings, the event. Every finding whose control fails again
 * by what was read back is updated, also one that another closing of the target had resolved; where nothing was
 * touched, only those that somebody selected, and those that were updated when it began.
 */
export async function finalizeUndo(
  job: UndoJob,
  progress: Progress,
  { result, findings, announced }: Undone,
  ports: FinalizePorts,
): Promise<void> {
  const selected = new Set(job.requests.flatMap((request) => request.findings.map(findingIdentity)));
  const touched = progress.record.runs.length > 0;
  const isCertain = progress.record.runs.every(({ end }) => end !== 'unknown' && end !== 'no-effect');
  // What a run may still put back is taken for open.
  const after = isCertain ? result.after : undefined;
  const reopened = touched ? findings.filter((each) => failsAgain(each, after)) : [];
  const rest = findings.filter((each) => !reopened.includes(each));
  const stillClosed = rest.filter((each) => announced.has(findingIdentity(each)) && !failsAgain(each, after));
  const others = rest.filter(
    (each) =>
      !stillClosed.includes(each) && (selected.has(findingIdentity(each)) || announced.has(findingIdentity(each))),
  );
  const notified = new Set([...reopened, ...stillClosed, ...others].map(findingIdentity));
  addToRecord(progress, { findings: progress.record.findings.filter((each) => notified.has(findingIdentity(each))) });
  // And remembered.
  if (isCertain) await forgetRestored(job.target, await readRestored(job, ports), result, ports);
  await finish(progress, result, ports);
  // An undo that broke off may be asked for again; one that left something alone has done what it may.
  if (result.isOver) await markClosing(progress, ports);
  const update = toFindingUpdate(progress.record);
  const note = toNoteOnly(update);
  const { outcome } = progress.record;
  const isVerified = outcome !== 'not-verified';
  // What is open again without a finding that is known is open all the same.
  const isUnknown = touched && findings.length === 0;
  if (isVerified && !isUnknown && outcome !== 'not-needed') setEventTerms(progress, termsOf(reopened));
  await notifyPeople(
    progress,
    [
      { findings: reopened, update },
      // What is not verified is called neither closed nor as it was.
      { findings: stillClosed, update: isVerified ? { ...note, workflow: 'RESOLVED' } : update },
      { findings: others, update: isVerified ? note : update },
    ],
    ports,
  );
}

/** Only what is open again by it is called open. */
function termsOf(reopened: readonly Finding[]): EventTerms {
  const controls = new Set(reopened.flatMap(({ control }) => control?.id ?? []));
  return controls.size === 0 ? { matter: 'stays' } : { controls: [...controls] };
}

async function markClosing({ record }: Progress, { durable, ledger }: FinalizePorts): Promise<void> {
  await orFail(
    durable.step('mark the closing as undone', async () => {
      const closing = record.undoes === undefined ? success(undefined) : await ledger.fetchRemediation(record.undoes);
      if (!closing.ok) return closing;
      if (closing.value === undefined) return success(undefined);
      return ledger.saveRemediation({ ...closing.value, undoneBy: record.remediationId });
    }),
  );
}
