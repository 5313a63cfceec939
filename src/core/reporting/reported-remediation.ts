import type { CertificateAnchor } from '../certificate/certificate';
import type { ControlId } from '../controls/control-id';
import type { RemediationRecord } from '../ledger/remediation-record';
import type { Target } from '../target';
import { fromLedger, type KnownRemediation } from './known-remediation';

/**
 * A closing or an isolation of the ledger, or an undo, as far as a report says it: without the rules before and after,
 * which are long.
 */
export interface ReportedRemediation extends KnownRemediation {
  /** Only the ledger knows it, and knows it always. */
  readonly startedAt: string;
  readonly target: Target;
  readonly action: 'close' | 'isolate' | 'undo';
  /** The controls of its findings, each once. */
  readonly controls: readonly ControlId[];
  /** When Security Hub first saw the finding of a control. */
  readonly firstSeenAt: Readonly<Partial<Record<ControlId, string>>>;
  /** The closing that this undo takes back. */
  readonly undoes: string | undefined;
  /** Where its certificate stands; undefined where the record does not say. */
  readonly certificate: CertificateAnchor | undefined;
  /** Network ACLs have no name of their own. */
  readonly resourceName: string | undefined;
}

/** A record as reports show it. */
export function toReportedRemediation(record: RemediationRecord): ReportedRemediation {
  const { target, findings, undoes, before, startedAt, certificate } = record;
  const firstSeenAt: Partial<Record<ControlId, string>> = {};
  for (const { control, firstObservedAt } of findings) {
    if (control !== undefined && firstObservedAt !== undefined) firstSeenAt[control] ??= firstObservedAt;
  }
  return {
    ...fromLedger(record),
    startedAt,
    target,
    action: record.action === 'isolate' || record.action === 'undo' ? record.action : 'close',
    controls: [...new Set(findings.flatMap(({ control }) => control ?? []))],
    firstSeenAt,
    undoes,
    certificate,
    resourceName: before?.kind === 'security-group' ? before.name : undefined,
  };
}
