import type { ReportedFinding } from '../reported-finding';
import { Column } from './column';
import { numberOfState } from './finding-state';
import { FindingView, type ColumnFinding } from './finding-view';
import { NumberedLists, NumberedTexts } from './numbered-texts';
import { PackedTexts } from './packed-texts';
import { TimeColumn } from './time-column';

/** What few findings have. */
type Remarks = Pick<ReportedFinding, 'note' | 'written'>;

const NO_REMARKS: Remarks = { note: undefined, written: undefined };

/** Behind this an id is a finding's own; what is before it many share. */
const OWN_BEHIND = '/finding/';

/**
 * Findings, each in some 100 bytes, by the order in which they came. An object of each would take several times as
 * much, and the garbage collector would look at all of them again and again.
 */
export class FindingColumns {
  readonly texts = new NumberedTexts();
  readonly lists = new NumberedLists();
  readonly products = Column.integers();
  readonly severities = Column.integers();
  readonly states = Column.bytes();
  readonly firstObserved = new TimeColumn();
  readonly updated = new TimeColumn();
  readonly names = Column.integers();
  readonly standards = Column.integers();
  readonly requirements = Column.integers();
  readonly #idBeginnings = Column.integers();
  readonly #idEnds = new PackedTexts();
  readonly #remarks = new Map<number, Remarks>();

  /** Answers its place. */
  add(finding: ReportedFinding): number {
    const { id, productArn } = finding;
    const shared = id.lastIndexOf(OWN_BEHIND);
    const own = shared === -1 ? 0 : shared + OWN_BEHIND.length;
    const place = this.#idEnds.add(id.slice(own));
    this.#idBeginnings.set(place, this.texts.numberOf(id.slice(0, own)));
    this.products.set(place, this.texts.numberOf(productArn));
    this.replace(place, finding);
    return place;
  }

  /** By another that has the same ids. */
  replace(place: number, finding: ReportedFinding): void {
    this.severities.set(place, this.texts.numberOf(finding.severity));
    this.states.set(place, numberOfState(finding));
    this.firstObserved.set(place, finding.firstObservedAt);
    this.updated.set(place, finding.updatedAt);
    this.names.set(place, this.texts.numberOf(finding.resourceName));
    // Findings that come one behind the other often have the same.
    const before = Math.max(0, place - 1);
    this.standards.set(place, this.lists.numberOf(finding.standards, this.standards.get(before)));
    this.requirements.set(place, this.lists.numberOf(finding.requirements, this.requirements.get(before)));
    this.remark(place, finding);
  }

  /** What stands on it from now on. */
  remark(place: number, { note, written }: Remarks): void {
    if (note !== undefined || written !== undefined) this.#remarks.set(place, { note, written });
    else if (this.#remarks.size > 0) this.#remarks.delete(place);
  }

  at(place: number): ColumnFinding {
    return new FindingView(this, place);
  }

  idAt(place: number): string {
    return `${this.texts.textOf(this.#idBeginnings.get(place)) ?? ''}${this.#idEnds.at(place)}`;
  }

  remarksAt(place: number): Remarks {
    return this.#remarks.size === 0 ? NO_REMARKS : (this.#remarks.get(place) ?? NO_REMARKS);
  }
}
