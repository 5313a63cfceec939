/** A spreadsheet runs a cell that begins like this as a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n]/;

export type CsvValue = string | number | undefined;

/** RFC 4180: CRLF line ends, quotes where they are needed, no byte order mark. */
export function renderCsv(header: readonly string[], lines: readonly (readonly CsvValue[])[]): string {
  return [header, ...lines].map((cells) => `${cells.map(renderCell).join(',')}\r\n`).join('');
}

function renderCell(value: CsvValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
