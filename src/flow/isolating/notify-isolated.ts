import type { Finding } from '../../core/findings/finding';
import type { RemediatedFinding } from '../../core/ledger/remediation-record';
import { toFindingUpdate } from '../../core/updates/to-finding-update';
import { NOTE_AUTHOR } from '../ports';
import { notifyPeople, type FinalizePorts } from '../remediation/finalize';
import { setEventTerms, type Progress } from '../remediation/progress';

/** A finding of any product, as the ledger keeps it: it has no control of ours. */
export function toIsolatedFinding({ id, productArn, severity, firstObservedAt, note }: Finding): RemediatedFinding {
  return {
    id,
    productArn,
    ...(severity === '' ? {} : { severity }),
    ...(firstObservedAt === undefined ? {} : { firstObservedAt }),
    ...(note === undefined || note.updatedBy === NOTE_AUTHOR ? {} : { previousNote: note }),
  };
}

/**
 * Notifies the findings and the bus how an isolation or its undo ended. Isolating cures nothing: no finding is resolved
 * by it, and one that somebody has resolved stays so.
 */
export async function notifyIsolated(
  progress: Progress,
  findings: readonly Finding[],
  ports: FinalizePorts,
): Promise<void> {
  const update = toFindingUpdate(progress.record);
  const resolved = findings.filter(({ workflow }) => workflow === 'RESOLVED');
  const others = findings.filter((each) => !resolved.includes(each));
  setEventTerms(progress, { matter: 'stays', controls: [] });
  await notifyPeople(
    progress,
    [
      { findings: others, update, justRead: others },
      { findings: resolved, update: { ...update, workflow: undefined }, justRead: resolved },
    ],
    ports,
  );
}
