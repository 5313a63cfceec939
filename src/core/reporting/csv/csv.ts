/**
 * A spreadsheet runs a cell that begins like this as a formula. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** What ends a cell unless it is quoted, and what begins a formula: most cells have neither. */
const NOT_PLAIN = /[",\r\n]|^[=+\-@\t＝＋－＠]/;

/** What ends a cell unless it is quoted. */
const QUOTED = /[",\r\n]/;

type CsvValue = string | number | undefined;

export interface CsvColumn<Line> {
  readonly name: string;
  readonly valueOf: (line: Line) => CsvValue;
}

/** RFC 4180: CRLF line ends, quotes where they are needed, no byte order mark. A line at a time. */
export function* renderCsv<Line>(columns: readonly CsvColumn<Line>[], lines: Iterable<Line>): Generator<string> {
  yield `${columns.map(({ name }) => renderCell(name)).join()}\r\n`;
  for (const line of lines) yield `${columns.map(({ valueOf }) => renderCell(valueOf(line))).join()}\r\n`;
}

/** A value as it stands between two commas. */
export function renderCell(value: CsvValue): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? renderText(value) : String(value);
}

function renderText(value: string): string {
  if (!NOT_PLAIN.test(value)) return value;
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
