import type { Finding } from '../core/findings/finding';
import type { Resource } from '../core/resource';
import { success } from '../core/result';
import { toFindingUpdate, toNoteOnly } from '../core/updates/to-finding-update';
import { toVerdict } from '../core/verification/to-verdict';
import { orFail } from './execution-failure';
import type { UndoJob } from './job';
import type { Progress } from './progress';
import { findingIdentity } from './route-finding';
import { finish, tell, type SettlePorts } from './settle';
import type { UndoEnding } from './undo-target';

interface Undone {
  readonly ending: UndoEnding;
  /** As Security Hub held them before the undo. */
  readonly findings: readonly Finding[];
}

/**
 * Ends an undo: its record, the mark on the closing, the findings, the event. Every finding whose control fails again by
 * what was read back is told, also one that another closing of the target had settled; where nothing was touched,
 * only those that somebody selected.
 */
export async function settleUndo(
  job: UndoJob,
  progress: Progress,
  { ending, findings }: Undone,
  ports: SettlePorts,
): Promise<void> {
  const selected = new Set(job.requests.flatMap((request) => request.findings.map(findingIdentity)));
  const touched = progress.record.runs.length > 0;
  const reopened = touched ? findings.filter((each) => failsAgain(each, ending.after)) : [];
  const others = findings.filter((each) => selected.has(findingIdentity(each)) && !reopened.includes(each));
  const told = new Set([...reopened, ...others].map(findingIdentity));
  progress.record = {
    ...progress.record,
    findings: progress.record.findings.filter((each) => told.has(findingIdentity(each))),
  };
  await finish(progress, ending, ports);
  // An undo that broke off may be asked for again; one that left something alone has done what it may.
  if (ending.isOver) await markClosing(job, progress, ports);
  const update = toFindingUpdate(progress.record);
  await tell(
    progress,
    [
      { findings: reopened, update },
      { findings: others, update: toNoteOnly(update) },
    ],
    ports,
  );
}

/** Whoever has suppressed a finding wants to hear nothing of it, and an archived one has nobody to hear it. */
function failsAgain({ control, recordState, workflow }: Finding, after: Resource | undefined): boolean {
  if (control === undefined || recordState === 'ARCHIVED' || workflow === 'SUPPRESSED') return false;
  // What could not be read back is taken for open.
  return after === undefined || toVerdict({ kind: 'found', resource: after }, [control]).kind !== 'closed';
}

async function markClosing(job: UndoJob, { record }: Progress, { durable, ledger }: SettlePorts): Promise<void> {
  await orFail(
    durable.step('mark the closing as undone', async () => {
      const closing = await ledger.fetchRemediation(job.undoes);
      if (!closing.ok) return closing;
      if (closing.value === undefined) return success(undefined);
      return ledger.saveRemediation({ ...closing.value, undoneBy: record.remediationId });
    }),
  );
}
