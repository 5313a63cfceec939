import { invalidPattern } from './invalid-pattern';
import { parseLeafMatcher, type LeafMatcher } from './value-matcher';

/** A pattern ready to be asked; made by `parseEventPattern`. One of the alternatives, which `$or` makes, must hold. */
export type EventPattern = readonly Fields[];

/** What an event, or an object in it, must have: all of it. */
type Fields = ReadonlyMap<string, Expected>;

interface Expected {
  readonly matchers?: readonly LeafMatcher[];
  readonly nested?: Fields;
}

/** Where a part of a pattern stands. */
interface Place {
  readonly path: readonly string[];
  readonly insideOr: boolean;
}

/** Names that no field inside an `$or` may have: those of the engine's operators, of older and newer ones too. */
const RESERVED_INSIDE_OR: readonly string[] = [
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const maxPatternCharacters = 2048;

/** @throws AwsError InvalidEventPatternException, with the reason. */
export function parseEventPattern(json: string): EventPattern {
  if (json.length > maxPatternCharacters) {
    throw invalidPattern(`Event pattern has ${json.length} characters, more than ${maxPatternCharacters}`);
  }
  return parseObject([new Map()], parseJson(json), { path: [], insideOr: false });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalidPattern('Event pattern is not JSON');
  }
}

/** Adds what an object of the pattern asks for to each of the alternatives that there are. */
function parseObject(alternatives: EventPattern, pattern: unknown, place: Place): EventPattern {
  const where = place.path.join('.');
  if (!isObject(pattern)) {
    throw invalidPattern(where === '' ? 'Filter is not an object' : `"${where}" must be an object or an array`);
  }
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern(`Empty objects are not allowed${where === '' ? '' : `: "${where}"`}`);
  return entries.reduce((all, [name, value]) => parseField(all, name, value, place), alternatives);
}

function parseField(alternatives: EventPattern, name: string, value: unknown, place: Place): EventPattern {
  if (name === '$or') return parseOr(alternatives, value, place);
  if (place.insideOr && RESERVED_INSIDE_OR.includes(name)) {
    throw invalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or`);
  }
  const path = [...place.path, name];
  if (!Array.isArray(value)) return parseObject(alternatives, value, { ...place, path });
  if (value.length === 0) throw invalidPattern(`Empty arrays are not allowed: "${path.join('.')}"`);
  const matchers = value.map(parseLeafMatcher);
  return alternatives.map((fields) => demand(fields, path, matchers));
}

/** Each object of the list makes alternatives of its own out of those that there are. */
function parseOr(alternatives: EventPattern, value: unknown, place: Place): EventPattern {
  if (!Array.isArray(value)) throw invalidPattern('It must be an Array followed with $or');
  if (!value.every(isObject)) throw invalidPattern('Only JSON object is allowed in array of $or relationship');
  if (value.length < 2) throw invalidPattern('There must have at least 2 Objects in $or relationship');
  return value.flatMap((alternative) => parseObject(alternatives, alternative, { ...place, insideOr: true }));
}

/** As EventBridge's engine has it, what is said later of a field takes the place of what was said before. */
function demand(fields: Fields, [name = '', ...deeper]: readonly string[], matchers: readonly LeafMatcher[]): Fields {
  const own = fields.get(name) ?? {};
  const changed =
    deeper.length === 0 ? { ...own, matchers } : { ...own, nested: demand(own.nested ?? new Map(), deeper, matchers) };
  return new Map([...fields, [name, changed]]);
}

/**
 * Asks whether an event matches. Several fields inside one list of objects must hold for the same element of that
 * list; a leaf matches when any value of a list does.
 */
export function matchesEventPattern(pattern: EventPattern, event: unknown): boolean {
  return pattern.some((fields) => allHold(fields, event));
}

function allHold(fields: Fields, value: unknown): boolean {
  return [...fields].every(([name, { matchers, nested }]) => {
    const field = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    const elements: unknown[] = Array.isArray(field) ? field.flat(Infinity) : [field];
    if (matchers && !leafHolds(matchers, elements)) return false;
    if (!nested) return true;
    // A missing field or an empty list still satisfies a nested pattern that asks for absence.
    const candidates = elements.length === 0 ? [undefined] : elements;
    return candidates.some((element) => allHold(nested, element));
  });
}

function leafHolds(matchers: readonly LeafMatcher[], elements: readonly unknown[]): boolean {
  // Operators see leaf values only: for `exists`, an object in the field's place does not exist.
  const values = elements.filter((element) => element !== undefined && !isObject(element));
  return matchers.some((matcher) => {
    switch (matcher.kind) {
      case 'exists':
        return matcher.exists === values.length > 0;
      case 'value':
        return values.some((value) => matcher.matches(value));
    }
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
