import type { RemediationRecord } from '../ledger/remediation-record';
import type { FindingUpdate } from './finding-update';
import { toHoldingUpdate } from './to-holding-update';
import { asSentence, sentences } from './sentences';

/**
 * What the findings are updated with that somebody isolated by. Isolating cures nothing: they are NOTIFIED, never
 * RESOLVED. Where nothing was touched they keep their status, which may be another product's.
 */
export function toIsolationUpdate(record: RemediationRecord): FindingUpdate {
  const { outcome, target, reason } = record;
  const why = asSentence(reason);
  switch (outcome) {
    case 'isolated':
      return toHoldingUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis isolated ${target.id}.`, why, 'To take it back: Undo closing.'),
      );
    case 'already-isolated':
      return toHoldingUpdate(record, 'NOTIFIED', sentences(`${target.id} is isolated.`, why));
    case 'partly-isolated':
      return toHoldingUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis isolated ${target.id} in part: take it for reachable.`, why),
      );
    case 'not-verified':
      return toHoldingUpdate(record, 'NOTIFIED', sentences(`Portcullis does not call ${target.id} isolated.`, why));
    case 'could-not-tell':
      return toHoldingUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis could not tell whether ${target.id} is isolated; take it for reachable.`, why),
      );
    case 'running':
      return toHoldingUpdate(record, undefined, `Portcullis is isolating ${target.id} now.`);
    default:
      return toHoldingUpdate(record, undefined, sentences(`Portcullis did not isolate ${target.id}.`, why));
  }
}

/** What they are updated with when the groups are given back. */
export function toRestoringUpdate(record: RemediationRecord): FindingUpdate {
  const { outcome, target, undoes, reason } = record;
  const why = asSentence(reason);
  const isolation = undoes === undefined ? `the isolation of ${target.id}` : `isolation ${undoes} of ${target.id}`;
  switch (outcome) {
    case 'undone':
      return toHoldingUpdate(record, 'NEW', sentences(`Portcullis undid ${isolation}.`, why));
    case 'partly-undone':
      return toHoldingUpdate(record, 'NEW', sentences(`Portcullis undid ${isolation} in part.`, why));
    case 'not-verified':
      return toHoldingUpdate(record, 'NOTIFIED', sentences(`Portcullis does not call ${isolation} undone.`, why));
    case 'could-not-tell':
      return toHoldingUpdate(
        record,
        'NOTIFIED',
        sentences(`Portcullis could not tell how the undo of ${isolation} ended.`, why),
      );
    case 'running':
      return toHoldingUpdate(record, undefined, `Portcullis is undoing ${isolation} now.`);
    default:
      return toHoldingUpdate(record, undefined, sentences(`Portcullis did not undo ${isolation}.`, why));
  }
}
