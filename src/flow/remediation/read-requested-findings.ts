import type { Finding, FindingKey } from '../../core/findings/finding';
import type { Trigger } from '../../core/ledger/remediation-record';
import { reasonToSkip } from '../../core/policy/reason-to-skip';
import { targetKey } from '../../core/target';
import { findingIdentity } from '../intake/route-finding';
import type { CloseJob, PreviewJob } from './job';
import type { RemediationRequest } from '../ports';
import { readShownFindings } from './read-shown-findings';

/**
 * The requested findings that still need work: they may have changed since, and the ledger's word is not believed either.
 * The dispatcher has seen each of them.
 */
export function readRequestedFindings(
  job: CloseJob | PreviewJob,
  ports: Parameters<typeof readShownFindings>[1],
): Promise<readonly Finding[]> {
  const keys = job.requests.flatMap(({ findings }) => findings);
  return readShownFindings({ keys, seen: keys, isWanted: (finding) => needsWork(finding, job) }, ports);
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
