import type { KnownRemediation } from './known-remediation';
import type { ReportedFinding } from './reported-finding';

/** Where a control × resource stands, the most urgent first: the order of everything that lists them. */
export const STATUSES = [
  'open',
  'resolved-still-failing',
  'failed',
  'could-not-tell',
  'in-progress',
  'closed',
  'suppressed',
  'not-failing',
] as const;

export type Status = (typeof STATUSES)[number];

/** What of a finding says where its check stands. */
type StandingFinding = Pick<ReportedFinding, 'compliance' | 'workflow' | 'recordState' | 'updatedAt' | 'note'>;

export interface CheckStatus {
  readonly status: Status;
  /** Why, in one sentence for people. */
  readonly reason: string;
  /** Open, and a person has been asked what to do. */
  readonly isWaiting?: true | undefined;
  /** Closed by Portcullis once, and open again since then: ISO 8601, UTC. */
  readonly reopenedAt?: string | undefined;
}

/** Those of most checks, each once: they are of hundreds of thousands. */
const SUPPRESSED: CheckStatus = { status: 'suppressed', reason: 'Suppressed in Security Hub, without a note.' };
const UNKNOWN: CheckStatus = { status: 'could-not-tell', reason: 'Neither Security Hub nor the ledger knows.' };
const ARCHIVED: CheckStatus = {
  status: 'not-failing',
  reason: 'Archived in Security Hub: the resource or the check is gone.',
};
const PASSES: CheckStatus = { status: 'not-failing', reason: 'Security Hub reports that the check passes.' };
const NO_RESULT: CheckStatus = { status: 'could-not-tell', reason: 'Security Hub has no result for this check.' };
const OPEN: CheckStatus = { status: 'open', reason: 'No remediation yet.' };
/** Security Hub does not open a RESOLVED finding again that keeps failing: whoever looks for open ones misses it. */
const RESOLVED_BY_OTHERS: CheckStatus = {
  status: 'resolved-still-failing',
  reason: 'Marked RESOLVED outside Portcullis while the check still fails; nobody has read it back.',
};

/**
 * Config's periodic rules (EC2.53, EC2.54) evaluate every 12 to 24 hours: that long, FAILED on something closed means
 * nothing. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-standards-schedule.html
 */
const STALE_VERDICT_SECONDS = 24 * 60 * 60;

/**
 * A remediation knows what was read back, Security Hub knows what came since. At least one of the two is given.
 * A RESOLVED finding that still fails and that nobody read back is never called closed.
 */
export function checkStatusOf(
  finding: StandingFinding | undefined,
  remediation: KnownRemediation | undefined,
): CheckStatus {
  if (finding?.workflow === 'SUPPRESSED') {
    return finding.note === undefined ? SUPPRESSED : { status: 'suppressed', reason: finding.note.text };
  }
  if (remediation === undefined || remediation.outcome === 'not-needed') return statusInHub(finding, remediation);
  if (remediation.outcome === 'closed' || remediation.outcome === 'already-closed')
    return statusAfterClosing(finding, remediation);
  // What was not closed then may have been put right since, by whomever.
  if (finding && !isFailing(finding) && finding.compliance !== 'NOT_AVAILABLE')
    return statusInHub(finding, remediation);
  if (remediation.outcome === 'running') {
    return { status: 'in-progress', reason: remediation.reason ?? 'The remediation is under way.' };
  }
  // None of these outcomes sets RESOLVED.
  if (finding && isFailing(finding) && finding.workflow === 'RESOLVED') return resolvedByOthers(remediation);
  switch (remediation.outcome) {
    case 'asked':
      return { status: 'open', isWaiting: true, reason: remediation.reason ?? 'A person must decide.' };
    case 'notified':
      return { status: 'open', reason: remediation.reason ?? 'The policy leaves it open.' };
    case 'still-open':
      return { status: 'failed', reason: remediation.reason ?? 'Read back after the runbook: still open.' };
    case 'not-verified':
      return { status: 'failed', reason: remediation.reason ?? 'What was done is not what was planned.' };
    case 'failed':
      return { status: 'failed', reason: remediation.reason ?? 'The remediation failed; the ledger holds no reason.' };
    case 'undone':
    case 'partly-undone':
      return {
        status: 'open',
        reopenedAt: remediation.finishedAt,
        reason: remediation.reason ?? 'It was closed, and the closing was undone.',
      };
    case 'stopped':
      return { status: 'open', reason: remediation.reason ?? 'Somebody stopped the closing while it ran.' };
    case 'excepted':
      if (finding !== undefined) return statusInHub(finding, remediation);
      return { status: 'suppressed', reason: remediation.reason ?? 'Left open by an exception.' };
    case 'exception-ended':
    case 'granted':
    case 'already-open':
    case 'access-ended':
    case 'nothing-to-undo':
    case 'isolated':
    case 'already-isolated':
    case 'partly-isolated':
    case 'previewed':
      return statusInHub(finding, remediation);
    case 'could-not-tell':
      return { status: 'could-not-tell', reason: remediation.reason ?? 'The rules could not be read back.' };
  }
}

function statusInHub(finding: StandingFinding | undefined, remediation: KnownRemediation | undefined): CheckStatus {
  if (remediation?.outcome === 'not-needed' && (!finding || finding.workflow === 'RESOLVED')) {
    return { status: 'not-failing', reason: remediation.reason ?? 'The resource is gone.' };
  }
  if (finding === undefined) return UNKNOWN;
  if (finding.recordState === 'ARCHIVED') return ARCHIVED;
  switch (finding.compliance) {
    case 'PASSED':
      return PASSES;
    case 'NOT_AVAILABLE':
    case undefined:
      return NO_RESULT;
    case 'FAILED':
    case 'WARNING':
      if (finding.workflow === 'RESOLVED') return RESOLVED_BY_OTHERS;
      return finding.note === undefined ? OPEN : { status: 'open', reason: finding.note.text };
  }
}

function resolvedByOthers({ reason }: KnownRemediation): CheckStatus {
  if (reason === undefined) return RESOLVED_BY_OTHERS;
  return { ...RESOLVED_BY_OTHERS, reason: `${RESOLVED_BY_OTHERS.reason} Before that: ${reason}` };
}

function statusAfterClosing(finding: StandingFinding | undefined, remediation: KnownRemediation): CheckStatus {
  const closed: CheckStatus = {
    status: 'closed',
    reason:
      remediation.reason ??
      (remediation.outcome === 'closed' ? 'Closed and read back.' : 'Was already closed when read.'),
  };
  const secondsSince = secondsFromClosingToReport(finding, remediation);
  if (finding === undefined || !isFailing(finding) || secondsSince <= 0) return closed;
  if (finding.workflow !== 'RESOLVED') {
    return {
      status: 'open',
      reopenedAt: finding.updatedAt,
      reason: 'Security Hub reports it open again after it was closed.',
    };
  }
  if (secondsSince <= STALE_VERDICT_SECONDS) return closed;
  return {
    status: 'could-not-tell',
    reason: 'Closed and read back, yet Security Hub still reports FAILED more than a day later: it may be open again.',
  };
}

/** How long after the closing the hub last evaluated it; 0 where either time is unknown. */
function secondsFromClosingToReport(finding: StandingFinding | undefined, remediation: KnownRemediation): number {
  const seconds = (Date.parse(finding?.updatedAt ?? '') - Date.parse(remediation.finishedAt ?? '')) / 1000;
  return Number.isNaN(seconds) ? 0 : seconds;
}

function isFailing(finding: StandingFinding): boolean {
  return finding.recordState === 'ACTIVE' && (finding.compliance === 'FAILED' || finding.compliance === 'WARNING');
}
