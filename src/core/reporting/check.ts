import type { ControlId } from '../controls/control-id';
import type { RemediationRecord } from '../ledger/remediation-record';
import { targetKey, type Target } from '../target';
import type { ReportedFinding } from './reported-finding';

/** A control on a resource, with everything that was read about it. */
export interface Check {
  readonly control: ControlId;
  readonly target: Target;
  readonly findings: readonly ReportedFinding[];
  readonly closings: readonly RemediationRecord[];
  readonly undos: readonly RemediationRecord[];
}

/** @param records closings and undos; a preview says nothing about where a check stands */
export function toChecks(
  findings: readonly ReportedFinding[],
  records: readonly RemediationRecord[],
): readonly Check[] {
  const checks = new Map<string, GrowingCheck>();
  const checkOf = (control: ControlId, target: Target): GrowingCheck => {
    const key = `${control} ${targetKey(target)}`;
    const known = checks.get(key);
    if (known) return known;
    const made: GrowingCheck = { control, target, findings: [], closings: [], undos: [] };
    checks.set(key, made);
    return made;
  };
  for (const finding of findings) checkOf(finding.control, finding.target).findings.push(finding);
  for (const record of records) {
    // A remediation of three findings of one control is one remediation.
    for (const control of controlsOf(record)) {
      const check = checkOf(control, record.target);
      (record.action === 'undo' ? check.undos : check.closings).push(record);
    }
  }
  addUndosOfForgotten(checks, records);
  return [...checks.values()];
}

interface GrowingCheck extends Check {
  readonly findings: ReportedFinding[];
  readonly closings: RemediationRecord[];
  readonly undos: RemediationRecord[];
}

/** An undo tells findings that Security Hub still has. Of those that it has forgotten only the closing knows. */
function addUndosOfForgotten(checks: ReadonlyMap<string, GrowingCheck>, records: readonly RemediationRecord[]): void {
  const undosByClosing = new Map<string, RemediationRecord[]>();
  for (const record of records) {
    if (record.action !== 'undo' || record.undoes === undefined) continue;
    undosByClosing.set(record.undoes, [...(undosByClosing.get(record.undoes) ?? []), record]);
  }
  for (const { findings, closings, undos } of checks.values()) {
    if (findings.length > 0) continue;
    for (const undo of closings.flatMap(({ remediationId }) => undosByClosing.get(remediationId) ?? [])) {
      if (!undos.includes(undo)) undos.push(undo);
    }
  }
}

function controlsOf({ findings }: RemediationRecord): ReadonlySet<ControlId> {
  return new Set(findings.map(({ control }) => control));
}
