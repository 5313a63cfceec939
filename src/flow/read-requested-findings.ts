import type { Finding, FindingKey } from '../core/findings/finding';
import type { Trigger } from '../core/ledger/remediation-record';
import { reasonToSkip } from '../core/policy/reason-to-skip';
import { success } from '../core/result';
import { targetKey } from '../core/target';
import { orFail } from './execution-failure';
import { findingIdentity } from './route-finding';
import type { CloseJob, PreviewJob } from './job';
import type { Durable, Hub, RemediationRequest } from './ports';

/** The requested findings that still need work: they may have changed since, and the ledger's word is not believed either. */
export function readRequestedFindings(
  job: CloseJob | PreviewJob,
  { durable, hub }: { readonly durable: Durable; readonly hub: Hub },
): Promise<readonly Finding[]> {
  const requested = job.requests.flatMap(({ findings }) => findings);
  return orFail(
    durable.step('read findings', async () => {
      const found = await hub.fetchFindings(requested);
      return found.ok ? success(found.value.filter((finding) => needsWork(finding, job))) : found;
    }),
  );
}

function needsWork(finding: Finding, { target, requests }: CloseJob | PreviewJob): boolean {
  if (!finding.control || !finding.target || targetKey(finding.target) !== targetKey(target)) return false;
  return reasonToSkip(finding, triggerOf(finding, requests)) === undefined;
}

/** A person's request outweighs an automatic one for the same finding. */
export function triggerOf(finding: FindingKey, requests: readonly RemediationRequest[]): Trigger {
  const wanted = findingIdentity(finding);
  const byPerson = requests.some(
    ({ trigger, findings }) =>
      trigger === 'custom-action' && findings.some((requested) => findingIdentity(requested) === wanted),
  );
  return byPerson ? 'custom-action' : 'automatic';
}
