import { isValid, parse, parseCIDR } from 'ipaddr.js';

import { invalidPattern } from './invalid-pattern';

/** Says whether one value of an event (a leaf: string, number, boolean, null) matches. */
export type ValueMatcher = (value: unknown) => boolean;

export type LeafMatcher =
  | { readonly kind: 'value'; readonly matches: ValueMatcher }
  /** Asks about the field and not about its value. */
  | { readonly kind: 'exists'; readonly exists: boolean };

/**
 * Parses one element of a leaf's list: a literal, or an object with one operator.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws AwsError InvalidEventPatternException
 */
export function parseLeafMatcher(element: unknown): LeafMatcher {
  if (element === null || ['string', 'number', 'boolean'].includes(typeof element)) {
    return { kind: 'value', matches: (value) => value === element };
  }
  const [operator, operand] = onlyEntry(element);
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') throw invalidPattern('exists must be true or false');
    return { kind: 'exists', exists: operand };
  }
  const parseOperand = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (!parseOperand) throw invalidPattern(`Unrecognized match type ${operator}`);
  return { kind: 'value', matches: parseOperand(operand) };
}

const operators: Readonly<Record<string, (operand: unknown) => ValueMatcher>> = {
  prefix: (operand) => parseAffix(operand, (value, part) => value.startsWith(part)),
  suffix: (operand) => parseAffix(operand, (value, part) => value.endsWith(part)),
  'equals-ignore-case': parseEqualsIgnoreCase,
  wildcard: parseWildcard,
  numeric: parseNumeric,
  cidr: parseCidr,
  'anything-but': parseAnythingBut,
};

const operatorsUnderAnythingBut = ['prefix', 'suffix', 'wildcard', 'equals-ignore-case'];

function onlyEntry(expression: unknown): [key: string, value: unknown] {
  if (typeof expression !== 'object' || expression === null || Array.isArray(expression)) {
    throw invalidPattern('Match value must be String, number, true, false, null or a match expression');
  }
  const [entry, ...others] = Object.entries(expression);
  if (!entry || others.length > 0) throw invalidPattern('Only one key allowed in match expression');
  return entry;
}

function ofString(test: (value: string) => boolean): ValueMatcher {
  return (value) => typeof value === 'string' && test(value);
}

function requireString(operand: unknown): string {
  if (typeof operand !== 'string') throw invalidPattern(`${JSON.stringify(operand)} must be a string`);
  return operand;
}

function parseEqualsIgnoreCase(operand: unknown): ValueMatcher {
  const folded = requireString(operand).toLowerCase();
  return ofString((value) => value.toLowerCase() === folded);
}

/** A string, or `{"equals-ignore-case": string}`. */
function parseAffix(operand: unknown, test: (value: string, part: string) => boolean): ValueMatcher {
  if (typeof operand === 'string') return ofString((value) => test(value, operand));
  const [operator, inner] = onlyEntry(operand);
  if (operator !== 'equals-ignore-case') throw invalidPattern(`Unrecognized match type ${operator}`);
  const folded = requireString(inner).toLowerCase();
  return ofString((value) => test(value.toLowerCase(), folded));
}

/** `*` stands for any characters; `\*` and `\\` are the characters themselves. */
function parseWildcard(operand: unknown): ValueMatcher {
  const tokens = requireString(operand).match(/\\[\s\S]|[\s\S]/g) ?? [];
  if (tokens.some((token, at) => token === '*' && tokens[at + 1] === '*')) {
    throw invalidPattern('Consecutive wildcard characters');
  }
  if (tokens.some((token) => token.startsWith('\\') && token !== '\\*' && token !== '\\\\')) {
    throw invalidPattern('Invalid escape character');
  }
  const source = tokens
    .map((token) => (token === '*' ? '[\\s\\S]*' : token.slice(-1).replace(/[$()*+.?[\\\]^{|}/-]/, '\\$&')))
    .join('');
  const expression = new RegExp(`^${source}$`);
  return ofString((value) => expression.test(value));
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `["=", 5]`, `[">", 0, "<=", 5]`; bounds within ±5 billion. */
function parseNumeric(operand: unknown): ValueMatcher {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw invalidPattern('numeric takes one or two comparisons, such as [">", 0, "<=", 5]');
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < operand.length; at += 2) {
    const [sign, bound] = operand.slice(at, at + 2) as unknown[];
    const compare = typeof sign === 'string' && Object.hasOwn(comparisons, sign) ? comparisons[sign] : undefined;
    if (!compare) throw invalidPattern(`Unrecognized numeric range operator: ${String(sign)}`);
    if (typeof bound !== 'number' || Math.abs(bound) > 5e9) {
      throw invalidPattern('Value must be between -5.0E9 and 5.0E9');
    }
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

/** One address is no block for EventBridge: /32 and /128 are refused. */
function parseCidr(operand: unknown): ValueMatcher {
  const cidr = requireString(operand);
  const [network, length] = parseNetwork(cidr);
  const [family, bits] = network.kind() === 'ipv4' ? ['IPv4', 32] : ['IPv6', 128];
  if (length === bits) throw invalidPattern(`${family} mask bits must be < ${bits}`);
  return ofString((value) => {
    if (!isValid(value)) return false;
    const address = parse(value);
    return address.kind() === network.kind() && address.match(network, length);
  });
}

function parseNetwork(cidr: string): ReturnType<typeof parseCIDR> {
  try {
    return parseCIDR(cidr);
  } catch {
    throw invalidPattern(`Malformed CIDR: ${cidr}`);
  }
}

/** Negates literals, a list of literals, or one string operator over one or several strings. */
function parseAnythingBut(operand: unknown): ValueMatcher {
  const excluded =
    typeof operand === 'object' && operand !== null && !Array.isArray(operand)
      ? parseExcludedBy(...onlyEntry(operand))
      : toList(operand).map(parseExcludedLiteral);
  if (excluded.length === 0) throw invalidPattern('anything-but must not be empty');
  return (value) => !excluded.some((matches) => matches(value));
}

function parseExcludedBy(operator: string, operand: unknown): ValueMatcher[] {
  const parseOperand = operatorsUnderAnythingBut.includes(operator) ? operators[operator] : undefined;
  if (!parseOperand) throw invalidPattern(`Unsupported anything-but pattern: ${operator}`);
  return toList(operand).map((part) => parseOperand(requireString(part)));
}

function parseExcludedLiteral(literal: unknown): ValueMatcher {
  if (typeof literal !== 'string' && typeof literal !== 'number') {
    throw invalidPattern('anything-but takes strings and numbers');
  }
  return (value) => value === literal;
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
