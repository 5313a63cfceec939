import { CONTROL_IDS, type ControlId } from '../../controls/control-id';
import type { Status } from '../check-status';
import { Column } from '../columns/column';
import { resultOf } from '../result-of';

interface Verdict {
  readonly control: ControlId;
  checks: number;
  passing: number;
  isSatisfied: boolean;
}

/** What rows come to for their controls, and which rows are of which. */
export class Verdicts {
  readonly #controls = Column.bytes();
  readonly #verdicts = new Map<ControlId, Verdict>();
  #rows = 0;

  /** The next row. */
  add(control: ControlId, status: Status): void {
    this.#controls.set(this.#rows++, CONTROL_IDS.indexOf(control));
    let verdict = this.#verdicts.get(control);
    if (verdict === undefined) {
      verdict = { control, checks: 0, passing: 0, isSatisfied: true };
      this.#verdicts.set(control, verdict);
    }
    const result = resultOf(status);
    verdict.checks++;
    if (result === 'pass') verdict.passing++;
    else if (result !== 'left-out') verdict.isSatisfied = false;
  }

  /** Of each control, in the order in which they came. */
  all(): Iterable<Readonly<Verdict>> {
    return this.#verdicts.values();
  }

  /** The places of its rows. */
  *rowsOf(control: ControlId): Generator<number> {
    const byte = CONTROL_IDS.indexOf(control);
    for (let row = 0; row < this.#rows; row++) if (this.#controls.get(row) === byte) yield row;
  }
}
