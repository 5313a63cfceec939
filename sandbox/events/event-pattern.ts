import { invalidPattern } from './invalid-pattern';
import { parseLeafMatcher, type LeafMatcher } from './value-matcher';

/** A pattern ready to be asked; made by `parseEventPattern`. All its conditions must hold. */
export type EventPattern = readonly Condition[];

type Condition =
  | { readonly kind: 'field'; readonly name: string; readonly nested: EventPattern }
  | { readonly kind: 'leaf'; readonly name: string; readonly matchers: readonly LeafMatcher[] }
  | { readonly kind: 'or'; readonly alternatives: readonly EventPattern[] };

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const maxPatternCharacters = 2048;

/** @throws AwsError InvalidEventPatternException, with the reason. */
export function parseEventPattern(json: string): EventPattern {
  if (json.length > maxPatternCharacters) {
    throw invalidPattern(`Event pattern has ${json.length} characters, more than ${maxPatternCharacters}`);
  }
  return parseObject(parseJson(json), '');
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalidPattern('Event pattern is not JSON');
  }
}

function parseObject(pattern: unknown, path: string): EventPattern {
  if (!isObject(pattern)) {
    throw invalidPattern(path === '' ? 'Filter is not an object' : `"${path}" must be an object or an array`);
  }
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern(`Empty objects are not allowed${path === '' ? '' : `: "${path}"`}`);
  return entries.map(([name, value]) => parseCondition(name, value, path));
}

function parseCondition(name: string, value: unknown, parentPath: string): Condition {
  // An `$or` that is not a list of two or more objects is a field of that name.
  if (name === '$or' && Array.isArray(value) && value.length > 1 && value.every(isObject)) {
    return { kind: 'or', alternatives: value.map((alternative) => parseObject(alternative, parentPath)) };
  }
  const path = parentPath === '' ? name : `${parentPath}.${name}`;
  if (!Array.isArray(value)) return { kind: 'field', name, nested: parseObject(value, path) };
  if (value.length === 0) throw invalidPattern(`Empty arrays are not allowed: "${path}"`);
  return { kind: 'leaf', name, matchers: value.map(parseLeafMatcher) };
}

/**
 * Asks whether an event matches. Several fields inside one list of objects must hold for the same element of that
 * list; a leaf matches when any value of a list does.
 */
export function matchesEventPattern(pattern: EventPattern, event: unknown): boolean {
  return pattern.every((condition) => holds(condition, event));
}

function holds(condition: Condition, value: unknown): boolean {
  if (condition.kind === 'or') return condition.alternatives.some((pattern) => matchesEventPattern(pattern, value));
  const field = isObject(value) && Object.hasOwn(value, condition.name) ? value[condition.name] : undefined;
  const elements: unknown[] = Array.isArray(field) ? field.flat(Infinity) : [field];
  if (condition.kind === 'leaf') return leafHolds(condition.matchers, elements);
  // A missing field or an empty list still satisfies a nested pattern that asks for absence.
  const candidates = elements.length === 0 ? [undefined] : elements;
  return candidates.some((element) => matchesEventPattern(condition.nested, element));
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
