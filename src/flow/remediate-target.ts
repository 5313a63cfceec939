import type { Finding, FindingKey } from '../core/findings/finding';
import type { RemediationRecord, Trigger } from '../core/ledger/remediation-record';
import type { PlanPolicy } from '../core/planning/plan-policy';
import { reasonToSkip } from '../core/policy/reason-to-skip';
import { success } from '../core/result';
import { targetKey, type Target } from '../core/target';
import { closeTarget, type CloseTargetPorts } from './close-target';
import { orFail } from './execution-failure';
import type { Identifiers, RemediationRequest } from './ports';
import type { Progress } from './progress';
import { findingIdentity, isClosable } from './route-finding';
import { settle, toRemediated, type SettlePorts } from './settle';

export interface RemediatePorts extends CloseTargetPorts, SettlePorts {
  readonly identifiers: Identifiers;
}

export interface Job {
  readonly remediationId: string;
  readonly target: Target;
  readonly requests: readonly RemediationRequest[];
}

/** The record before anything is known: what is told when everything goes wrong. */
export function startRecord({ remediationId, target, requests }: Job, startedAt: string): RemediationRecord {
  const decisive = requests.find(({ trigger }) => trigger === 'custom-action') ?? requests[0];
  return {
    remediationId,
    target,
    trigger: decisive?.trigger ?? 'automatic',
    decidedBy: decisive?.decidedBy ?? 'nobody',
    findings: [],
    startedAt,
    outcome: 'running',
    runs: [],
  };
}

/** One remediation of one target, for all findings that were requested by now. */
export async function remediateTarget(
  job: Job,
  progress: Progress,
  policy: PlanPolicy,
  ports: RemediatePorts,
): Promise<void> {
  const current = await orFail(
    ports.durable.step('read findings', async () => {
      const found = await ports.hub.fetchFindings(job.requests.flatMap(({ findings }) => findings));
      return found.ok ? success(found.value.filter((finding) => needsWork(finding, job))) : found;
    }),
  );
  if (current.length === 0) {
    ports.log.info('No finding needs work any more', { target: targetKey(job.target) });
    return;
  }
  progress.record = { ...progress.record, findings: current.flatMap((finding) => toRemediated(finding) ?? []) };
  const controls = current.flatMap(({ control }) => control ?? []);
  const closing = await closeTarget(progress, controls, policy, ports);
  await settle(progress, closing, ports);
}

/** Findings may have changed since they were requested; and what the ledger says of them is not believed either. */
function needsWork(finding: Finding, { target, requests }: Job): boolean {
  if (!finding.control || !isClosable(finding.control.id)) return false;
  if (!finding.target || targetKey(finding.target) !== targetKey(target)) return false;
  return reasonToSkip(finding, triggerOf(finding, requests)) === undefined;
}

function triggerOf(finding: FindingKey, requests: readonly RemediationRequest[]): Trigger {
  const wanted = findingIdentity(finding);
  const byPerson = requests.some(
    ({ trigger, findings }) =>
      trigger === 'custom-action' && findings.some((requested) => findingIdentity(requested) === wanted),
  );
  return byPerson ? 'custom-action' : 'automatic';
}
