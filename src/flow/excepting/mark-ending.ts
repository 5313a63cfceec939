import type { RiskException } from '../../core/exceptions/risk-exception';
import { failure, success } from '../../core/result';
import { mergeUserDefinedFields } from '../../core/updates/merge-user-defined-fields';
import { toExceptionEndingUpdate } from '../../core/updates/to-exception-update';
import type { Hub, Log, PortResult } from '../ports';
import { logReplacedNote } from '../updating/log-replaced-note';

interface MarkPorts {
  readonly hub: Pick<Hub, 'fetchFindings' | 'updateFindings'>;
  readonly log: Log;
}

/**
 * Says on the findings that an exception suppresses that it ends soon, in a field that an insight can ask for: filters
 * of Security Hub know the past, but no date ahead. Those that it suppresses no more are left as they are.
 */
export async function markEnding(exception: RiskException, { hub, log }: MarkPorts): PortResult<void> {
  if (exception.findings.length === 0) return success(undefined);
  const found = await hub.fetchFindings(exception.findings);
  if (!found.ok) return found;
  for (const finding of found.value) {
    if (finding.workflow !== 'SUPPRESSED' || finding.portcullisOutcome !== 'excepted') continue;
    const { userDefinedFields: known } = finding;
    const { workflow, note, userDefinedFields } = toExceptionEndingUpdate(exception, known?.['PortcullisDecidedBy']);
    if (userDefinedFields === undefined) continue;
    logReplacedNote(finding, log);
    const { fields } = mergeUserDefinedFields(known, userDefinedFields);
    const updated = await hub.updateFindings([finding], { workflow, note, userDefinedFields: fields });
    if (!updated.ok) return updated;
    const [unprocessed] = updated.value;
    if (unprocessed === undefined) continue;
    const { reason, retryable } = unprocessed;
    const cause = `Finding ${finding.id} was not updated: ${reason}`;
    return failure({ code: retryable ? 'unavailable' : 'invalid', retryable, cause });
  }
  return success(undefined);
}
