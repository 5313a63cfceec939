import type { Finding } from '../core/findings/finding';
import type { RemediatedFinding, RemediationRecord } from '../core/ledger/remediation-record';
import type { SecurityGroup } from '../core/network/security-group-rule';
import { reasonToSkip } from '../core/policy/reason-to-skip';
import { success } from '../core/result';
import { targetKey } from '../core/target';
import { toFindingUpdate } from '../core/updates/to-finding-update';
import { toVerdict } from '../core/verification/to-verdict';
import { orFail } from './execution-failure';
import { NOTE_AUTHOR, type Clock, type Hub, type Ledger } from './ports';
import type { Closing } from './close-target';
import type { Progress } from './progress';
import { reportRemediation, type ReportPorts } from './report-remediation';
import { findingIdentity } from './route-finding';
import { updateFindings } from './update-findings';

export interface SettlePorts extends ReportPorts {
  readonly clock: Clock;
  readonly hub: Hub;
  readonly ledger: Ledger;
}

/**
 * Ends a remediation: record, findings, event. The record goes first, because it keeps the notes of other people that
 * the update replaces, and because a RESOLVED finding without a finished record would be a claim without a proof.
 */
export async function settle(progress: Progress, closing: Closing, ports: SettlePorts): Promise<void> {
  const { durable, ledger } = ports;
  const others = await findSettledOthers(progress.record, closing, ports);
  const finishedAt = await orFail(
    durable.step('finish', () => Promise.resolve(success(ports.clock.now().toISOString()))),
  );
  progress.record = finished(progress.record, closing, others, finishedAt);
  await orFail(durable.step('store outcome', () => ledger.saveRemediation(progress.record)));

  const { record } = progress;
  const notUpdated = await updateFindings(record.findings, toFindingUpdate(record), ports);
  if (notUpdated.length > 0) {
    progress.record = { ...record, notUpdated };
    // Logged and counted below in any case: the findings that were updated must not be told the contrary now.
    await durable.step('store findings not updated', () => ledger.saveRemediation(progress.record));
  }
  await reportRemediation(progress.record, ports);
}

/** Findings that nobody asked for, but that the same read-back settles: one target, one remediation. */
async function findSettledOthers(
  { target, findings }: RemediationRecord,
  { outcome, after }: Closing,
  { durable, hub, log }: SettlePorts,
): Promise<readonly RemediatedFinding[]> {
  if ((outcome !== 'closed' && outcome !== 'already-closed') || !after) return [];
  const requested = new Set(findings.map(findingIdentity));
  const settled = await durable.step('find others on target', async () => {
    const found = await hub.fetchFindingsOnTarget(target);
    if (!found.ok) return found;
    return success(
      found.value
        .filter((each) => !requested.has(findingIdentity(each)) && isSettled(each, target, after))
        .flatMap((each) => toRemediated(each) ?? []),
    );
  });
  if (settled.ok) return settled.value;
  // They stay as they are, which is safe; Security Hub settles them when it looks again.
  log.warn('Other findings on the target could not be read', { target: targetKey(target), cause: settled.error.cause });
  return [];
}

function isSettled(finding: Finding, target: RemediationRecord['target'], group: SecurityGroup): boolean {
  if (!finding.control || !finding.target || targetKey(finding.target) !== targetKey(target)) return false;
  if (reasonToSkip(finding, 'custom-action') !== undefined) return false;
  return toVerdict({ kind: 'found', group }, [finding.control]).kind === 'closed';
}

/** Undefined for a finding that is none of ours. */
export function toRemediated(finding: Finding): RemediatedFinding | undefined {
  const { id, productArn, control, firstObservedAt, note } = finding;
  if (!control) return undefined;
  return {
    id,
    productArn,
    control: control.id,
    ...(firstObservedAt === undefined ? {} : { firstObservedAt }),
    ...(note === undefined || note.updatedBy === NOTE_AUTHOR ? {} : { previousNote: note }),
  };
}

function finished(
  record: RemediationRecord,
  { outcome, reason, after }: Closing,
  others: readonly RemediatedFinding[],
  finishedAt: string,
): RemediationRecord {
  return {
    ...record,
    findings: [...record.findings, ...others],
    finishedAt,
    outcome,
    reason,
    ...(after ? { after: after.rules } : {}),
  };
}
