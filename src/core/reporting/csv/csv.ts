import { PerText } from '../json-text';

/**
 * A spreadsheet runs a cell that begins like this as a formula. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** What ends a cell unless it is quoted, and what begins a formula: most cells have neither. */
const NOT_PLAIN = /[",\r\n]|^[=+\-@\t＝＋－＠]/;

/** What ends a cell unless it is quoted. */
const QUOTED = /[",\r\n]/;

export type CsvValue = string | number | undefined;

export interface CsvColumn<Line> {
  readonly name: string;
  /** Whether few texts come again and again in it. */
  readonly isRepeated?: true;
  readonly valueOf: (line: Line) => CsvValue;
}

/** RFC 4180: CRLF line ends, quotes where they are needed, no byte order mark. A line at a time. */
export function* renderCsv<Line>(columns: readonly CsvColumn<Line>[], lines: Iterable<Line>): Generator<string> {
  yield `${columns.map(({ name }) => renderText(name)).join(',')}\r\n`;
  const repeated = new PerText(renderText);
  for (const line of lines) yield renderLine(columns, line, repeated);
}

function renderLine<Line>(columns: readonly CsvColumn<Line>[], line: Line, repeated: PerText): string {
  let text = '';
  let separator = '';
  for (const { valueOf, isRepeated } of columns) {
    const value = valueOf(line);
    text += separator;
    if (typeof value === 'string') text += isRepeated ? repeated.of(value) : renderText(value);
    else if (value !== undefined) text += String(value);
    separator = ',';
  }
  return `${text}\r\n`;
}

function renderText(value: string): string {
  if (!NOT_PLAIN.test(value)) return value;
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
