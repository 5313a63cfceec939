import type { ReportedFinding } from '../reported-finding';
import type { Column } from './column';
import { stateOfNumber } from './finding-state';
import type { NumberedLists, NumberedTexts } from './numbered-texts';
import type { TimeColumn } from './time-column';

/** A finding as the columns have it, without what its check knows. */
export interface ColumnFinding extends Omit<ReportedFinding, 'control' | 'target'> {
  /** Since 1970; NaN where its text is missing, or no time. */
  readonly firstObservedMillis: number;
  readonly updatedMillis: number;
}

type Numbers = Pick<Column, 'get'>;

/** Of the columns what is read for one finding; numbers stand for texts and lists. */
interface ReadColumns {
  readonly texts: Pick<NumberedTexts, 'textOf'>;
  readonly lists: Pick<NumberedLists, 'listOf'>;
  readonly products: Numbers;
  readonly severities: Numbers;
  readonly states: Numbers;
  readonly firstObserved: Pick<TimeColumn, 'textAt' | 'millisAt'>;
  readonly updated: Pick<TimeColumn, 'textAt' | 'millisAt'>;
  readonly names: Numbers;
  readonly standards: Numbers;
  readonly requirements: Numbers;
  idAt(place: number): string;
  remarksAt(place: number): Pick<ReportedFinding, 'note' | 'written'>;
}

/** Reads of the columns what it is asked for. */
export class FindingView implements ColumnFinding {
  readonly #columns: ReadColumns;
  readonly #place: number;

  constructor(columns: ReadColumns, place: number) {
    this.#columns = columns;
    this.#place = place;
  }

  get id(): string {
    return this.#columns.idAt(this.#place);
  }

  get productArn(): string {
    return this.#text(this.#columns.products.get(this.#place)) ?? '';
  }

  get severity(): string {
    return this.#text(this.#columns.severities.get(this.#place)) ?? '';
  }

  get compliance(): ReportedFinding['compliance'] {
    return this.#state().compliance;
  }

  get workflow(): ReportedFinding['workflow'] {
    return this.#state().workflow;
  }

  get recordState(): ReportedFinding['recordState'] {
    return this.#state().recordState;
  }

  get policy(): ReportedFinding['policy'] {
    return this.#state().policy;
  }

  get firstObservedAt(): string | undefined {
    return this.#columns.firstObserved.textAt(this.#place);
  }

  get firstObservedMillis(): number {
    return this.#columns.firstObserved.millisAt(this.#place);
  }

  get updatedAt(): string | undefined {
    return this.#columns.updated.textAt(this.#place);
  }

  get updatedMillis(): number {
    return this.#columns.updated.millisAt(this.#place);
  }

  get note(): ReportedFinding['note'] {
    return this.#columns.remarksAt(this.#place).note;
  }

  get written(): ReportedFinding['written'] {
    return this.#columns.remarksAt(this.#place).written;
  }

  get resourceName(): string | undefined {
    return this.#text(this.#columns.names.get(this.#place));
  }

  get standards(): readonly string[] {
    return this.#columns.lists.listOf(this.#columns.standards.get(this.#place));
  }

  get requirements(): readonly string[] {
    return this.#columns.lists.listOf(this.#columns.requirements.get(this.#place));
  }

  #text(number: number): string | undefined {
    return this.#columns.texts.textOf(number);
  }

  #state(): ReturnType<typeof stateOfNumber> {
    return stateOfNumber(this.#columns.states.get(this.#place));
  }
}
