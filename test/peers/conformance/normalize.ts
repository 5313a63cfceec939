/** Ids of resources, keys and requests, which no two clouds give alike. */
const ids =
  /\b(?:(?<kind>sgr|sg|vpc|subnet|acl|aclassoc|pl|eni)-[0-9a-f]{8,17}|(?<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<key>(?:ASIA|AROA|AKIA)[A-Z0-9]{12,17}))\b/g;

const times = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What is long, random and of no form. */
const opaqueFields = ['NextToken', 'ReceiptHandle', 'SecretAccessKey', 'SessionToken'];

/**
 * Makes answers of two clouds comparable: ids become `<sg 1>`, `<sg 2>` in the order in which they appear, dates and
 * tokens lose their values, the endpoint its port. Lists are sorted: EC2 promises no order. What is empty or undefined
 * goes: an SDK for one language shows an empty list where another shows none.
 */
export class Normalizer {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  normalize(value: unknown): unknown {
    return this.#nameIds(sortLists(toPlain(value, this.#endpoint)));
  }

  #nameIds(value: unknown): unknown {
    if (typeof value === 'string') return value.replaceAll(ids, (id, ...rest) => this.#nameOf(id, rest.at(-1)));
    if (Array.isArray(value)) return value.map((item) => this.#nameIds(item));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#nameIds(item)]));
  }

  #nameOf(id: string, groups: unknown): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const { kind, uuid } = isRecord(groups) ? groups : {};
    const what = typeof kind === 'string' ? kind : uuid === undefined ? 'key' : 'uuid';
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    const name = `<${what} ${count}>`;
    this.#names.set(id, name);
    return name;
  }
}

function toPlain(value: unknown, endpoint: string): unknown {
  if (value instanceof Date) return '<date>';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'string') return toPlainText(value, endpoint);
  if (Array.isArray(value)) return value.map((item) => toPlain(item, endpoint));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .filter(([key, item]) => key !== '$metadata' && !isEmpty(item))
    .map(([key, item]) => [key, opaqueFields.includes(key) ? '<opaque>' : toPlain(item, endpoint)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Text that is JSON is compared as JSON: spaces and the order of members mean nothing. */
function toPlainText(text: string, endpoint: string): unknown {
  if (!text.startsWith('{')) return text.replaceAll(endpoint, '<endpoint>').replaceAll(times, '<date>');
  try {
    return toPlain(JSON.parse(text), endpoint);
  } catch {
    return text;
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function sortLists(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => ({ item: sortLists(item), key: JSON.stringify(maskIds(sortLists(item))) }));
    return items.sort((left, right) => (left.key < right.key ? -1 : 1)).map(({ item }) => item);
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sortLists(item)]));
}

function maskIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null).replaceAll(ids, '<id>'));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
