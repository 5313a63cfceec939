import { Column } from './column';
import { millisOfUtc, UtcTimes } from './utc-times';

/** What a place has that has no time, or one whose text is kept. */
const NO_TIME = Number.NaN;

/** Without milliseconds: `2026-11-20T02:15:28Z`. */
const SHORT_CHARACTERS = 20;

/**
 * Times as they were read, by their place: milliseconds where the text is made of them again, below zero where it says
 * no milliseconds; every other text is kept.
 */
export class TimeColumn {
  readonly #numbers = Column.numbers();
  readonly #others = new Map<number, string>();
  readonly #times = new UtcTimes();

  set(place: number, text: string | undefined): void {
    const number = text === undefined ? NO_TIME : numberOf(text);
    this.#numbers.set(place, number);
    if (text !== undefined && Number.isNaN(number)) this.#others.set(place, text);
    else if (this.#others.size > 0) this.#others.delete(place);
  }

  textAt(place: number): string | undefined {
    const number = this.#numbers.get(place);
    if (number >= 0) return this.#times.textOf(number);
    return number < 0 ? `${this.#times.textOf(-number - 1).slice(0, SHORT_CHARACTERS - 1)}Z` : this.#others.get(place);
  }

  /** Since 1970, as `Date.parse` of the text; NaN where there is none, or where it is no time. */
  millisAt(place: number): number {
    const number = this.#numbers.get(place);
    if (number >= 0) return number;
    return number < 0 ? -number - 1 : Date.parse(this.#others.get(place) ?? '');
  }
}

function numberOf(text: string): number {
  if (text.length !== SHORT_CHARACTERS) return millisOfUtc(text);
  return -millisOfUtc(`${text.slice(0, -1)}.000${text.slice(-1)}`) - 1;
}
