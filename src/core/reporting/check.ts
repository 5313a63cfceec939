import type { ControlId } from '../controls/control-id';
import type { Target } from '../target';
import { timeOf } from './durations';
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

/** One list for all that have none: there are hundreds of thousands of checks, and most have one finding alone. */
const NONE: readonly never[] = [];

class GrowingCheck implements Check {
  findings: readonly ReportedFinding[] = NONE;
  closings: readonly ReportedRemediation[] = NONE;
  undos: readonly ReportedRemediation[] = NONE;
  readonly control: ControlId;
  readonly target: Target;
  /** Another control on the same target. */
  readonly next: GrowingCheck | undefined;

  constructor(control: ControlId, target: Target, next: GrowingCheck | undefined) {
    this.control = control;
    this.target = target;
    this.next = next;
  }
}

/** Findings and remediations, as they come, by the control and the resource that they are about. */
export class Checks {
  /** By account, Region and id: nothing is put together to look one up. */
  readonly #places = new Map<string, Map<string, Map<string, GrowingCheck>>>();
  readonly #undosByClosing = new Map<string, ReportedRemediation[]>();

  /**
   * Of a finding that comes again, as events and overlapping exports have it, the latest counts. Answers whether it is
   * new.
   */
  addFinding(finding: ReportedFinding): boolean {
    const check = this.#checkOf(finding.control, finding.target);
    const { findings } = check;
    const known = findings.findIndex(({ id, productArn }) => id === finding.id && productArn === finding.productArn);
    const before = findings[known];
    if (before === undefined) check.findings = findings.length === 0 ? [finding] : [...findings, finding];
    else check.findings = findings.with(known, laterOf(before, finding));
    return before === undefined;
  }

  /** A remediation of three findings of one control is one remediation. */
  addRemediation(remediation: ReportedRemediation): void {
    const { isUndo, controls, target, undoes } = remediation;
    for (const control of controls) {
      const check = this.#checkOf(control, target);
      if (isUndo) check.undos = [...check.undos, remediation];
      else check.closings = [...check.closings, remediation];
    }
    if (!isUndo || undoes === undefined) return;
    const undos = this.#undosByClosing.get(undoes);
    if (undos) undos.push(remediation);
    else this.#undosByClosing.set(undoes, [remediation]);
  }

  /** Each once, and no longer held here; those of one resource have one target. */
  *take(): Generator<Check> {
    for (const regions of this.#places.values()) {
      for (const ids of regions.values()) {
        for (const [id, first] of ids) {
          ids.delete(id);
          for (let check: GrowingCheck | undefined = first; check !== undefined; check = check.next) {
            this.#addUndosOfForgotten(check);
            yield check;
          }
        }
      }
    }
  }

  /** An undo tells findings that Security Hub still has. Of those that it has forgotten only the closing knows. */
  #addUndosOfForgotten(check: GrowingCheck): void {
    if (check.findings.length > 0) return;
    for (const undo of check.closings.flatMap(({ remediationId }) => this.#undosByClosing.get(remediationId) ?? [])) {
      if (!check.undos.includes(undo)) check.undos = [...check.undos, undo];
    }
  }

  #checkOf(control: ControlId, target: Target): GrowingCheck {
    const ids = memberOf(memberOf(this.#places, target.account), target.region);
    const first = ids.get(target.id);
    let known: Target | undefined;
    for (let check = first; check !== undefined; check = check.next) {
      if (check.target.kind !== target.kind) continue;
      if (check.control === control) return check;
      known = check.target;
    }
    const made = new GrowingCheck(control, known ?? target, first);
    ids.set(made.target.id, made);
    return made;
  }
}

function memberOf<Value>(places: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  const known = places.get(name);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  places.set(name, made);
  return made;
}

function laterOf(before: ReportedFinding, finding: ReportedFinding): ReportedFinding {
  return timeOf(finding.updatedAt) >= timeOf(before.updatedAt)
    ? withWritten(finding, before)
    : withWritten(before, finding);
}

/** The face of a finding in OCSF has no user-defined fields: what a remediation wrote stands on the other one. */
function withWritten(finding: ReportedFinding, other: ReportedFinding): ReportedFinding {
  if (finding.written !== undefined || other.written === undefined) return finding;
  return { ...finding, written: other.written };
}
