import type { Finding } from '../../core/findings/finding';
import type { RemediatedFinding, RemediationRecord } from '../../core/ledger/remediation-record';
import { reasonToSkip } from '../../core/policy/reason-to-skip';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { toVerdict } from '../../core/verification/to-verdict';
import type { ClosingResult } from '../closing/close-target';
import type { Durable, Log } from '../ports';
import { findingIdentity } from '../intake/route-finding';
import { toRemediated } from '../remediation/to-remediated';
import { readOnTarget, type ReadOnTargetPorts } from './read-on-target';
import { toFields, type FieldsOf } from './update-findings';

export interface OnTarget {
  /** Findings that nobody asked for, but that the same read-back resolves: one target, one remediation. */
  readonly others: readonly RemediatedFinding[];
  /** All that were read, with the fields that they have now. */
  readonly justRead: readonly FieldsOf[];
}

const NOTHING: OnTarget = { others: [], justRead: [] };

export interface AlsoResolvedPorts extends ReadOnTargetPorts {
  readonly durable: Durable;
  readonly log: Log;
}

/**
 * Findings of others on the same target that its closing resolves as well.
 *
 * @param isBusy whether very many findings came at once
 */
export async function findAlsoResolved(
  { target, remediationId, findings }: RemediationRecord,
  { outcome, after }: ClosingResult,
  isBusy: boolean,
  ports: AlsoResolvedPorts,
): Promise<OnTarget> {
  if ((outcome !== 'closed' && outcome !== 'already-closed') || !after) return NOTHING;
  const requested = new Set(findings.map(findingIdentity));
  const { durable, log } = ports;
  const resolved = await durable.step('find others on target', async (attempt) => {
    const found = await readOnTarget({ target, remediationId }, { attempt, isBusy }, ports);
    if (!found.ok) return found;
    const others = found.value
      .filter((each) => !requested.has(findingIdentity(each)) && isResolved(each, target, after))
      .flatMap((each) => toRemediated(each) ?? [])
      .map((each) => ({ ...each, alongside: true }));
    return success({ others, justRead: found.value.map(toFields) });
  });
  if (resolved.ok) return resolved.value;
  // They stay as they are, which is safe; Security Hub resolves them when it evaluates them again.
  log.warn('Other findings on the target could not be read', {
    target: targetKey(target),
    cause: resolved.error.cause,
  });
  return NOTHING;
}

function isResolved(finding: Finding, target: RemediationRecord['target'], resource: Resource): boolean {
  if (!finding.control || !finding.target || targetKey(finding.target) !== targetKey(target)) return false;
  if (reasonToSkip(finding, 'custom-action') !== undefined) return false;
  return toVerdict({ kind: 'found', resource }, [finding.control]).kind === 'closed';
}
