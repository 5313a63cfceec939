import { mayHaveTakenEffect } from './may-have-taken-effect';
import type { RemediationRecord } from './remediation-record';
import { runsToUndo } from './runs-to-undo';

/**
 * The remediation that an undo goes by, when a finding names one that changed nothing itself: it was closed already, a
 * person was asked, every call was refused, or it is an undo that broke off. Then it is the last closing before that
 * which did change something. One that was undone since is the answer too: an undo that is asked for twice must not go
 * on to the closing before. Where there is none, it is the one that was named. One that was stopped before it changed
 * anything is the answer as well, unless it was stopped together with the one before it: whoever stopped it meant that,
 * and nothing that was closed long ago.
 *
 * @param ofTarget all remediations of the target, newest first
 */
export function closingToUndo(named: RemediationRecord, ofTarget: readonly RemediationRecord[]): RemediationRecord {
  if (named.action === 'undo') {
    const closing = ofTarget.find(({ remediationId }) => remediationId === named.undoes);
    return closing === undefined || closing.undoneBy !== undefined ? named : closing;
  }
  if (named.action === 'close' && hasChangedSomething(named)) return named;
  if (named.outcome === 'stopped') return lastOfStopped(named, ofTarget);
  const earlier = ofTarget.find(
    (record) =>
      record.action === 'close' &&
      record.startedAt <= named.startedAt &&
      hasChangedSomething(record) &&
      !wasUndoneBefore(record, named, ofTarget),
  );
  return earlier ?? named;
}

/** Closings that were stopped one after the other had one undo for all of them. */
function lastOfStopped(stopped: RemediationRecord, ofTarget: readonly RemediationRecord[]): RemediationRecord {
  for (const record of ofTarget) {
    if (record.action !== 'close' || record.startedAt >= stopped.startedAt) continue;
    if (record.outcome !== 'stopped') return stopped;
    if (hasChangedSomething(record)) return record;
  }
  return stopped;
}

function hasChangedSomething(closing: RemediationRecord): boolean {
  return runsToUndo(closing).some(mayHaveTakenEffect);
}

function wasUndoneBefore(
  { undoneBy }: RemediationRecord,
  named: RemediationRecord,
  ofTarget: readonly RemediationRecord[],
): boolean {
  if (undoneBy === undefined) return false;
  const undo = ofTarget.find(({ remediationId }) => remediationId === undoneBy);
  return undo !== undefined && undo.startedAt < named.startedAt;
}
