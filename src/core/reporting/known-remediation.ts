import type { RemediationOutcome, RemediationRecord, Trigger } from '../ledger/remediation-record';
import type { PlanStep } from '../planning/plan';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { ReportedFinding } from './reported-finding';

/** A remediation as far as it is known: from the ledger, or only from what it wrote on the finding. */
export interface KnownRemediation {
  readonly remediationId: string;
  readonly outcome: RemediationOutcome;
  readonly decidedBy: string;
  readonly reason: string | undefined;
  /** ISO 8601, UTC; like what follows, only the ledger knows it. */
  readonly startedAt: string | undefined;
  readonly finishedAt: string | undefined;
  readonly trigger: Trigger | undefined;
  /** Rules that were seen to be gone, and those that were seen in their place. */
  readonly revoked: readonly SecurityGroupRule[];
  readonly authorized: readonly SecurityGroupRule[];
}

export function fromLedger(record: RemediationRecord): KnownRemediation {
  const { remediationId, outcome, decidedBy, reason, startedAt, finishedAt, trigger } = record;
  return {
    remediationId,
    outcome,
    decidedBy,
    reason,
    startedAt,
    finishedAt,
    trigger,
    revoked: rulesOf(record, ['RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress']),
    authorized: rulesOf(record, ['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress']),
  };
}

/** What a report without the ledger goes by: the finding's user-defined fields, and its note where that is still ours. */
export function fromFinding({ written, note }: ReportedFinding): KnownRemediation | undefined {
  if (written === undefined) return undefined;
  const ours = note?.text.includes(written.remediationId) ? note : undefined;
  return {
    ...written,
    reason: ours?.text,
    startedAt: undefined,
    finishedAt: ours?.updatedAt,
    trigger: undefined,
    revoked: [],
    authorized: [],
  };
}

function rulesOf(record: RemediationRecord, calls: readonly PlanStep['call'][]): readonly SecurityGroupRule[] {
  return record.runs
    .filter((run) => run.end === 'effect-seen' && calls.includes(run.step.call))
    .flatMap(({ step }) => [...step.rules].filter(isSecurityGroupRule));
}

/** Entries of network ACLs are numbered instead. */
function isSecurityGroupRule(rule: PlanStep['rules'][number]): rule is SecurityGroupRule {
  return 'IpProtocol' in rule;
}
