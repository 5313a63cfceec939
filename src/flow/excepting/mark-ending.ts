import type { RiskException } from '../../core/exceptions/risk-exception';
import { success } from '../../core/result';
import { toExceptionEndingUpdate } from '../../core/updates/to-exception-update';
import type { Hub, Log, PortResult } from '../ports';
import { updateOneFinding } from '../updating/update-one-finding';

interface MarkPorts {
  readonly hub: Pick<Hub, 'fetchFindings' | 'updateFindings'>;
  readonly log: Log;
}

/**
 * Says on the findings that an exception suppresses that it ends soon, in a field that an insight can ask for: filters
 * of Security Hub know the past, but no date ahead. Those that it suppresses no more are left as they are.
 */
export async function markEnding(exception: RiskException, ports: MarkPorts): PortResult<void> {
  if (exception.findings.length === 0) return success(undefined);
  const found = await ports.hub.fetchFindings(exception.findings);
  if (!found.ok) return found;
  for (const finding of found.value) {
    if (finding.workflow !== 'SUPPRESSED' || finding.portcullisOutcome !== 'excepted') continue;
    const decidedBy = finding.userDefinedFields?.['PortcullisDecidedBy'];
    const updated = await updateOneFinding(finding, toExceptionEndingUpdate(exception, decidedBy), ports);
    if (!updated.ok) return updated;
  }
  return success(undefined);
}
