import type { Finding } from '../../core/findings/finding';
import type { RemediatedFinding } from '../../core/ledger/remediation-record';
import { NOTE_AUTHOR } from '../ports';

/** A finding as the ledger keeps it. Undefined for one that is none of ours. */
export function toRemediated(finding: Finding): RemediatedFinding | undefined {
  const { id, productArn, control, severity, firstObservedAt, note } = finding;
  if (!control) return undefined;
  return {
    id,
    productArn,
    control: control.id,
    ...(control.parameters.length === 0 ? {} : { parameters: control.parameters }),
    ...(severity === '' ? {} : { severity }),
    ...(firstObservedAt === undefined ? {} : { firstObservedAt }),
    ...(note === undefined || note.updatedBy === NOTE_AUTHOR ? {} : { previousNote: note }),
  };
}
