/**
 * The one text for a value of JSON, by RFC 8785: members sorted by their names' UTF-16 units, no white space, strings
 * and numbers as ECMAScript writes them. A member that is undefined is not there, as in `JSON.stringify`.
 * https://www.rfc-editor.org/rfc/rfc8785
 */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, member]) => `${JSON.stringify(name)}:${toCanonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${String(value)} has no JSON`);
  if (!['string', 'number', 'boolean'].includes(typeof value) && value !== null) {
    throw new Error(`a ${typeof value} has no JSON`);
  }
  return JSON.stringify(value);
}
