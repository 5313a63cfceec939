import { CONTROL_IDS, type ControlId } from '../controls/control-id';
import type { Target } from '../target';
import { Column } from './columns/column';
import { FindingColumns } from './columns/finding-columns';
import type { ColumnFinding } from './columns/finding-view';
import { Targets } from './columns/targets';
import { timeOf } from './durations';
import type { ReportedFinding } from './reported-finding';
import type { ReportedRemediation } from './reported-remediation';

/** Of one check. */
export interface Remediations {
  readonly closings: readonly ReportedRemediation[];
  readonly undos: readonly ReportedRemediation[];
}

const NO_REMEDIATIONS: Remediations = { closings: [], undos: [] };

/**
 * Findings and remediations, as they come, by the control and the resource that they are about. Checks are numbers: a
 * target has a chain of checks and a check one of findings, each link the next one's number plus one.
 */
export class Checks {
  readonly #targets = new Targets();
  readonly #firstChecks = Column.integers();
  readonly #controls = Column.bytes();
  readonly #targetNumbers = Column.integers();
  readonly #nextChecks = Column.integers();
  readonly #firstFindings = Column.integers();
  readonly #findings = new FindingColumns();
  readonly #nextFindings = Column.integers();
  readonly #remediations = new Map<number, Remediations>();
  readonly #undosByClosing = new Map<string, ReportedRemediation[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /**
   * Of a finding that comes again, as events and overlapping exports have it, the latest counts. Answers whether it is
   * new.
   */
  addFinding(finding: ReportedFinding): boolean {
    const check = this.#numberOf(finding.control, finding.target);
    let last = 0;
    for (let link = this.#firstFindings.get(check); link !== 0; link = this.#nextFindings.get(link - 1)) {
      const known = this.#findings.at(link - 1);
      if (known.id === finding.id && known.productArn === finding.productArn) {
        this.#merge(link - 1, known, finding);
        return false;
      }
      last = link;
    }
    const link = this.#findings.add(finding) + 1;
    if (last === 0) this.#firstFindings.set(check, link);
    else this.#nextFindings.set(last - 1, link);
    return true;
  }

  /** A remediation of three findings of one control is one remediation. */
  addRemediation(remediation: ReportedRemediation): void {
    const { isUndo, controls, target, undoes } = remediation;
    for (const control of controls) {
      const check = this.#numberOf(control, target);
      const { closings, undos } = this.#remediations.get(check) ?? NO_REMEDIATIONS;
      const known = isUndo
        ? { closings, undos: [...undos, remediation] }
        : { closings: [...closings, remediation], undos };
      this.#remediations.set(check, known);
    }
    if (!isUndo || undoes === undefined) return;
    const undos = this.#undosByClosing.get(undoes);
    if (undos) undos.push(remediation);
    else this.#undosByClosing.set(undoes, [remediation]);
  }

  /** The number of its target, the same for checks of one target. */
  targetNumberAt(check: number): number {
    return this.#targetNumbers.get(check);
  }

  targetAt(check: number): Target {
    return this.#targets.at(this.#targetNumbers.get(check));
  }

  arnAt(check: number): string {
    return this.#targets.arnAt(this.#targetNumbers.get(check));
  }

  findingsAt(check: number): readonly ColumnFinding[] {
    const findings: ColumnFinding[] = [];
    for (let link = this.#firstFindings.get(check); link !== 0; link = this.#nextFindings.get(link - 1)) {
      findings.push(this.#findings.at(link - 1));
    }
    return findings;
  }

  remediationsAt(check: number): Remediations {
    const known = this.#remediations.size === 0 ? undefined : this.#remediations.get(check);
    if (known === undefined) return NO_REMEDIATIONS;
    return this.#firstFindings.get(check) === 0 ? this.#withUndosOfForgotten(known) : known;
  }

  controlAt(check: number): ControlId {
    const control = CONTROL_IDS[this.#controls.get(check)];
    if (control === undefined) throw new Error(`there is no check ${String(check)}`);
    return control;
  }

  /** Compares two checks by their targets; made once that all are there. */
  comparer(): (a: number, b: number) => number {
    const compare = this.#targets.comparer();
    const numbers = this.#targetNumbers;
    return (a, b) => compare(numbers.get(a), numbers.get(b));
  }

  /** The face of a finding in OCSF has no user-defined fields: what a remediation wrote stands on the other one. */
  #merge(place: number, known: ColumnFinding, finding: ReportedFinding): void {
    const { note, written } = known;
    if (timeOf(finding.updatedAt) < timeOf(known.updatedAt)) {
      if (written === undefined) this.#findings.remark(place, { note, written: finding.written });
    } else this.#findings.replace(place, { ...finding, written: finding.written ?? written });
  }

  /** An undo updates findings that Security Hub still has. Of those that it has forgotten only the closing knows. */
  #withUndosOfForgotten({ closings, undos }: Remediations): Remediations {
    const all = new Set(undos);
    for (const { remediationId } of closings) {
      for (const undo of this.#undosByClosing.get(remediationId) ?? []) all.add(undo);
    }
    return { closings, undos: [...all] };
  }

  #numberOf(control: ControlId, target: Target): number {
    const { length } = this.#targets;
    const targetNumber = this.#targets.numberOf(target);
    const byte = CONTROL_IDS.indexOf(control);
    const first = targetNumber < length ? this.#firstChecks.get(targetNumber) : 0;
    for (let link = first; link !== 0; link = this.#nextChecks.get(link - 1)) {
      if (this.#controls.get(link - 1) === byte) return link - 1;
    }
    const check = this.#length++;
    this.#controls.set(check, byte);
    this.#targetNumbers.set(check, targetNumber);
    this.#nextChecks.set(check, first);
    this.#firstChecks.set(targetNumber, check + 1);
    return check;
  }
}
