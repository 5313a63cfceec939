import type { Finding, FindingKey } from '../core/findings/finding';
import type { RemediatedFinding, RemediationRecord } from '../core/ledger/remediation-record';
import { rulesOf } from '../core/ledger/rules-of';
import { reasonToSkip } from '../core/policy/reason-to-skip';
import type { Resource } from '../core/resource';
import { success } from '../core/result';
import { targetKey } from '../core/target';
import type { FindingUpdate } from '../core/updates/finding-update';
import { toFindingUpdate } from '../core/updates/to-finding-update';
import { toVerdict } from '../core/verification/to-verdict';
import type { Ending } from './close-target';
import { orFail } from './execution-failure';
import type { Clock, Hub, Ledger } from './ports';
import type { Progress } from './progress';
import { reportRemediation, type ReportPorts } from './report-remediation';
import { findingIdentity } from './route-finding';
import { toRemediated } from './to-remediated';
import { updateFindings, type NotUpdated } from './update-findings';

export interface SettlePorts extends ReportPorts {
  readonly clock: Clock;
  readonly hub: Hub;
  readonly ledger: Ledger;
}

/** Ends a closing: record, findings, event. What its read-back settles is told too, though nobody asked. */
export async function settleClosing(progress: Progress, ending: Ending, ports: SettlePorts): Promise<void> {
  const others = await findSettledOthers(progress.record, ending, ports);
  progress.record = { ...progress.record, findings: [...progress.record.findings, ...others] };
  await finish(progress, ending, ports);
  await tell(progress, [{ findings: progress.record.findings, update: toFindingUpdate(progress.record) }], ports);
}

/**
 * The record goes before the findings, because it keeps the notes of other people that the update replaces, and because
 * a RESOLVED finding without a finished record would be a claim without a proof.
 */
export async function finish(
  progress: Progress,
  { outcome, reason, after }: Ending,
  { durable, clock, ledger }: SettlePorts,
): Promise<void> {
  const finishedAt = await orFail(durable.step('finish', () => Promise.resolve(success(clock.now().toISOString()))));
  progress.record = {
    ...progress.record,
    finishedAt,
    outcome,
    reason,
    ...(after ? { after: rulesOf(after) } : {}),
  };
  await orFail(durable.step('store outcome', () => ledger.saveRemediation(progress.record)));
}

/** Findings that are told the same. */
export interface Told {
  readonly findings: readonly FindingKey[];
  readonly update: FindingUpdate;
}

/** Tells the findings first and then the bus, so that who follows an event to its finding finds it up to date. */
export async function tell(progress: Progress, all: readonly Told[], ports: SettlePorts): Promise<void> {
  const notUpdated: NotUpdated[] = [];
  for (const { findings, update } of all) {
    if (findings.length > 0) notUpdated.push(...(await updateFindings(findings, update, ports)));
  }
  if (notUpdated.length > 0) {
    progress.record = { ...progress.record, notUpdated };
    // Logged and counted below in any case: the findings that were updated must not be told the contrary now.
    await ports.durable.step('store findings not updated', () => ports.ledger.saveRemediation(progress.record));
  }
  await reportRemediation(progress.record, ports);
}

/** Findings that nobody asked for, but that the same read-back settles: one target, one remediation. */
async function findSettledOthers(
  { target, findings }: RemediationRecord,
  { outcome, after }: Ending,
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

function isSettled(finding: Finding, target: RemediationRecord['target'], resource: Resource): boolean {
  if (!finding.control || !finding.target || targetKey(finding.target) !== targetKey(target)) return false;
  if (reasonToSkip(finding, 'custom-action') !== undefined) return false;
  return toVerdict({ kind: 'found', resource }, [finding.control]).kind === 'closed';
}
