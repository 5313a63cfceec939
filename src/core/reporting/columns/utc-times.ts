const DAY_MILLIS = 86_400_000;
const ZERO = 0x30;
const DASH = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** 2026-11-20T02:15:28 */
const SECONDS_CHARACTERS = 19;
/** 2026-11-20T02:15:28.917Z, as `toISOString` writes it. */
const WHOLE_CHARACTERS = 24;

/**
 * Milliseconds since 1970 of a time as `toISOString` writes it, NaN of every other text; many times as fast as
 * `Date.parse`.
 */
export function millisOfUtc(text: string): number {
  if (text.length !== WHOLE_CHARACTERS || !hasMarks(text)) return Number.NaN;
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const millis = 10 * twoDigits(text, 20) + digit(text, 22);
  // NaN is in no range.
  const isTime = year >= 1970 && hour <= 23 && minute <= 59 && second <= 59 && millis <= 999;
  if (!isTime || !(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return Number.NaN;
  return ((daysBefore(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + millis;
}

function hasMarks(text: string): boolean {
  return (
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === LETTER_T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    text.charCodeAt(SECONDS_CHARACTERS) === POINT &&
    text.charCodeAt(WHOLE_CHARACTERS - 1) === LETTER_Z
  );
}

function twoDigits(text: string, at: number): number {
  return 10 * digit(text, at) + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970 to a day. A year that begins with March has its leap day at its end. */
function daysBefore(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + ofYear - 719_468;
}

/** From then on years have a sign and six digits. */
const YEAR_10000 = 253_402_300_800_000;

/** Days whose dates are kept: some 25 years, and not more of what is written in years to come. */
const MOST_DAYS = 10_000;

/** Writes times as `toISOString` does, several times as fast: few days have many times. */
export class UtcTimes {
  readonly #dates = new Map<number, string>();

  /** @param millis since 1970; RangeError where `toISOString` has it */
  textOf(millis: number): string {
    if (!(millis >= 0 && millis < YEAR_10000)) return new Date(millis).toISOString();
    const day = Math.floor(millis / DAY_MILLIS);
    const within = millis - day * DAY_MILLIS;
    const seconds = Math.floor(within / 1000);
    const minutes = Math.floor(seconds / 60);
    const time = `${TWO[Math.floor(minutes / 60)] ?? ''}:${TWO[minutes % 60] ?? ''}:${TWO[seconds % 60] ?? ''}`;
    return `${this.#dateOf(day)}T${time}.${THREE[within % 1000] ?? ''}Z`;
  }

  #dateOf(day: number): string {
    const known = this.#dates.get(day);
    if (known !== undefined) return known;
    if (this.#dates.size >= MOST_DAYS) this.#dates.clear();
    const date = new Date(day * DAY_MILLIS).toISOString().slice(0, 10);
    this.#dates.set(day, date);
    return date;
  }
}

/** Numbers up to 59 and up to 999, written with two and with three digits. */
const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));
