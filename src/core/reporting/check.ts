import type { ControlId } from '../controls/control-id';
import type { Target } from '../target';
import { checkKey } from './reported-exception';
import type { ReportedFinding } from './reported-finding';
import type { ReportedRemediation } from './reported-remediation';

/** A control on a resource, with everything that was read about it. */
export interface Check {
  readonly control: ControlId;
  readonly target: Target;
  readonly findings: readonly ReportedFinding[];
  readonly closings: readonly ReportedRemediation[];
  readonly undos: readonly ReportedRemediation[];
}

interface GrowingCheck extends Check {
  readonly findings: ReportedFinding[];
  readonly closings: ReportedRemediation[];
  readonly undos: ReportedRemediation[];
}

/** Findings and remediations, as they come, by the control and the resource that they are about. */
export class Checks {
  readonly #checks = new Map<string, GrowingCheck>();
  readonly #undosByClosing = new Map<string, ReportedRemediation[]>();

  /**
   * Of a finding that comes again, as events and overlapping exports have it, the latest counts. Answers whether it is
   * new.
   */
  addFinding(finding: ReportedFinding): boolean {
    const { findings } = this.#checkOf(finding.control, finding.target);
    const known = findings.findIndex(({ id, productArn }) => id === finding.id && productArn === finding.productArn);
    const before = findings[known];
    if (before === undefined) findings.push(finding);
    else if (timeOf(finding.updatedAt) >= timeOf(before.updatedAt)) findings[known] = withWritten(finding, before);
    else if (before.written === undefined) findings[known] = withWritten(before, finding);
    return before === undefined;
  }

  /** A remediation of three findings of one control is one remediation. */
  addRemediation(remediation: ReportedRemediation): void {
    const { isUndo, controls, target, undoes } = remediation;
    for (const control of controls) {
      const check = this.#checkOf(control, target);
      (isUndo ? check.undos : check.closings).push(remediation);
    }
    if (!isUndo || undoes === undefined) return;
    const undos = this.#undosByClosing.get(undoes);
    if (undos) undos.push(remediation);
    else this.#undosByClosing.set(undoes, [remediation]);
  }

  /** Each once, and no longer held here. */
  *take(): Generator<Check> {
    for (const [key, check] of this.#checks) {
      this.#checks.delete(key);
      this.#addUndosOfForgotten(check);
      yield check;
    }
  }

  /** An undo tells findings that Security Hub still has. Of those that it has forgotten only the closing knows. */
  #addUndosOfForgotten({ findings, closings, undos }: GrowingCheck): void {
    if (findings.length > 0) return;
    for (const undo of closings.flatMap(({ remediationId }) => this.#undosByClosing.get(remediationId) ?? [])) {
      if (!undos.includes(undo)) undos.push(undo);
    }
  }

  #checkOf(control: ControlId, target: Target): GrowingCheck {
    const key = checkKey(control, target);
    const known = this.#checks.get(key);
    if (known) return known;
    const made: GrowingCheck = { control, target, findings: [], closings: [], undos: [] };
    this.#checks.set(key, made);
    return made;
  }
}

/** The face of a finding in OCSF has no user-defined fields: what a remediation wrote stands on the other one. */
function withWritten(finding: ReportedFinding, other: ReportedFinding): ReportedFinding {
  if (finding.written !== undefined || other.written === undefined) return finding;
  return { ...finding, written: other.written };
}

function timeOf(time: string | undefined): number {
  const millis = Date.parse(time ?? '');
  return Number.isNaN(millis) ? 0 : millis;
}
