import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { findingIdentity } from '../intake/route-finding';
import type { RemediationRequest } from '../ports';

/** Findings that a closing of this execution has said to be RESOLVED, with that closing and when it ended. */
export type Resolved = Map<string, { readonly remediationId: string; readonly at: string }>;

/** Remembers what a closing has said to be RESOLVED. */
export function noteResolved(
  resolved: Resolved,
  { outcome, findings, notUpdated = [], ...record }: RemediationRecord,
): void {
  const { remediationId, finishedAt } = record;
  if ((outcome !== 'closed' && outcome !== 'already-closed') || finishedAt === undefined) return;
  const left = new Set(notUpdated.map(findingIdentity));
  for (const finding of findings) {
    const identity = findingIdentity(finding);
    if (!left.has(identity)) resolved.set(identity, { remediationId, at: finishedAt });
  }
}

/**
 * Requests that came while their findings were being closed, by the closing that answered them: they would be answered
 * that they were closed already, in place of what was revoked. What was asked for later is re-checked.
 */
export function joiningRequests(
  begun: readonly RemediationRequest[],
  resolved: Resolved,
): ReadonlyMap<string, readonly RemediationRequest[]> {
  const joining = new Map<string, readonly RemediationRequest[]>();
  for (const request of begun) {
    const { action, findings, askedAt = '' } = request;
    if (action !== 'close' || request.answers !== undefined || findings.length === 0) continue;
    const by = findings.map((finding) => resolved.get(findingIdentity(finding)));
    const [first] = by;
    if (first === undefined || !by.every((each) => each !== undefined && askedAt < each.at)) continue;
    joining.set(first.remediationId, [...(joining.get(first.remediationId) ?? []), request]);
  }
  return joining;
}
