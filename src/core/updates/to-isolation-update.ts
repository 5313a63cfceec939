import type { RemediationRecord } from '../ledger/remediation-record';
import { composeNote } from './compose-note';
import { describeRelease } from './describe-hold';
import type { FindingUpdate } from './finding-update';
import { asSentence, sentences } from './sentences';

/**
 * What the findings are told that somebody isolated by. Isolating cures nothing: they are NOTIFIED, never RESOLVED.
 * Where nothing was touched they keep their status, which may be another product's.
 */
export function toIsolationUpdate(record: RemediationRecord): FindingUpdate {
  const { outcome, target, reason } = record;
  const why = asSentence(reason);
  switch (outcome) {
    case 'isolated':
      return toUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis isolated ${target.id}.`, why, 'To take it back: Undo closing.'),
      );
    case 'already-isolated':
      return toUpdate(record, 'NOTIFIED', sentences(`${target.id} is isolated.`, why));
    case 'partly-isolated':
      return toUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis isolated ${target.id} in part: take it for reachable.`, why),
      );
    case 'not-verified':
      return toUpdate(record, 'NOTIFIED', sentences(`Portcullis does not call ${target.id} isolated.`, why));
    case 'could-not-tell':
      return toUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis could not tell whether ${target.id} is isolated; take it for reachable.`, why),
      );
    case 'running':
      return toUpdate(record, undefined, `Portcullis is isolating ${target.id} now.`);
    default:
      return toUpdate(record, undefined, sentences(`Portcullis did not isolate ${target.id}.`, why));
  }
}

/** What they are told when the groups are given back. */
export function toRestoringUpdate(record: RemediationRecord): FindingUpdate {
  const { outcome, target, undoes, reason } = record;
  const why = asSentence(reason);
  const isolation = undoes === undefined ? `the isolation of ${target.id}` : `isolation ${undoes} of ${target.id}`;
  switch (outcome) {
    case 'undone':
      return toUpdate(record, 'NEW', sentences(`Portcullis undid ${isolation}.`, why));
    case 'partly-undone':
      return toUpdate(record, 'NEW', sentences(`Portcullis undid ${isolation} in part.`, why));
    case 'not-verified':
      return toUpdate(record, 'NOTIFIED', sentences(`Portcullis does not call ${isolation} undone.`, why));
    case 'could-not-tell':
      return toUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis could not tell how the undo of ${isolation} ended.`, why),
      );
    case 'running':
      return toUpdate(record, undefined, `Portcullis is undoing ${isolation} now.`);
    default:
      return toUpdate(record, undefined, sentences(`Portcullis did not undo ${isolation}.`, why));
  }
}

/** The fields name what holds the target, for the undo: only where the status says that something was done. */
function toUpdate(
  { outcome, remediationId, decidedBy, target }: RemediationRecord,
  workflow: FindingUpdate['workflow'],
  details: string,
): FindingUpdate {
  const release = outcome === 'not-verified' ? `${describeRelease(target.account)} ` : '';
  return {
    workflow,
    note: composeNote(details, `${release}Decided by: ${decidedBy}. Remediation ${remediationId}.`),
    userDefinedFields:
      workflow === undefined
        ? undefined
        : {
            PortcullisOutcome: outcome,
            PortcullisRemediationId: remediationId,
            PortcullisDecidedBy: decidedBy,
          },
  };
}
