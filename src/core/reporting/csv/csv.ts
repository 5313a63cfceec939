/**
 * A spreadsheet runs a cell that begins like this as a formula. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** What ends a cell unless it is quoted. */
const QUOTED = /[",\r\n]/;

export type CsvValue = string | number | undefined;

export interface CsvColumn<Line> {
  readonly name: string;
  readonly valueOf: (line: Line) => CsvValue;
}

/** RFC 4180: CRLF line ends, quotes where they are needed, no byte order mark. A line at a time. */
export function* renderCsv<Line>(columns: readonly CsvColumn<Line>[], lines: Iterable<Line>): Generator<string> {
  yield renderLine(columns.map(({ name }) => name));
  for (const line of lines) yield renderLine(columns.map(({ valueOf }) => valueOf(line)));
}

function renderLine(cells: readonly CsvValue[]): string {
  return `${cells.map(renderCell).join(',')}\r\n`;
}

function renderCell(value: CsvValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
