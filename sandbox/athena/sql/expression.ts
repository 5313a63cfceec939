import ipaddr from 'ipaddr.js';
import type { Tokens } from './tokens';

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;
/** What an expression comes to for a row, or for the first row of a group, which aggregates see whole. */
export type Expression = (row: Row, group: readonly Row[]) => Value;

/**
 * The expressions that queries of flow logs are made of; every other is an error. What is null stays so, and is no
 * truth. https://docs.aws.amazon.com/athena/latest/ug/functions-env3.html
 */
export function parseExpression(tokens: Tokens): Expression {
  const parts = [parseAnd(tokens)];
  while (tokens.take('OR')) parts.push(parseAnd(tokens));
  return parts.length === 1 ? only(parts) : (row, group) => parts.some((part) => part(row, group) === true);
}

function only(parts: readonly Expression[]): Expression {
  return parts[0] ?? (() => null);
}

function parseAnd(tokens: Tokens): Expression {
  const parts = [parseNot(tokens)];
  while (tokens.take('AND')) parts.push(parseNot(tokens));
  return parts.length === 1 ? only(parts) : (row, group) => parts.every((part) => part(row, group) === true);
}

function parseNot(tokens: Tokens): Expression {
  if (!tokens.take('NOT')) return parsePredicate(tokens);
  const inner = parseNot(tokens);
  return (row, group) => {
    const value = inner(row, group);
    return value === null ? null : value !== true;
  };
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function parsePredicate(tokens: Tokens): Expression {
  const left = parseJoined(tokens);
  if (tokens.take('BETWEEN')) {
    const least = parseJoined(tokens);
    tokens.expect('AND');
    const most = parseJoined(tokens);
    return (row, group) => {
      const [value, from, to] = [left, least, most].map((each) => each(row, group));
      return compare(value, from, (order) => order >= 0) === true && compare(value, to, (order) => order <= 0);
    };
  }
  if (tokens.take('IN')) {
    const list = parseList(tokens);
    return (row, group) =>
      list.some((each) => compare(left(row, group), each(row, group), (order) => order === 0) === true);
  }
  const operator = COMPARISONS[tokens.next ?? ''];
  if (operator === undefined) return left;
  tokens.shift();
  const right = parseJoined(tokens);
  return (row, group) => compare(left(row, group), right(row, group), operator);
}

function compare(one: Value | undefined, other: Value | undefined, holds: (order: number) => boolean): Value {
  if (one === null || other === null || one === undefined || other === undefined) return null;
  return holds(orderOf(one, other));
}

/** Numbers by their size, all else by its text; null comes last. */
export function orderOf(one: Value, other: Value): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0;
}

/** Of whole numbers, as Trino divides them. */
function parseQuotient(tokens: Tokens): Expression {
  const dividend = parseOne(tokens);
  if (!tokens.take('/')) return dividend;
  const divisor = parseOne(tokens);
  return (row, group) => {
    const [one, other] = [dividend(row, group), divisor(row, group)];
    return typeof one === 'number' && typeof other === 'number' ? Math.trunc(one / other) : null;
  };
}

function parseJoined(tokens: Tokens): Expression {
  const parts = [parseQuotient(tokens)];
  while (tokens.take('||')) parts.push(parseQuotient(tokens));
  if (parts.length === 1) return only(parts);
  return (row, group) => {
    const texts = parts.map((part) => part(row, group));
    return texts.includes(null) ? null : texts.join('');
  };
}

function parseOne(tokens: Tokens): Expression {
  if (tokens.take('(')) {
    const inner = parseExpression(tokens);
    tokens.expect(')');
    return inner;
  }
  if (tokens.take('CASE', 'WHEN')) return parseCase(tokens);
  const token = tokens.shift();
  if (token.startsWith("'")) {
    const text = token.slice(1, -1).replaceAll("''", "'");
    return () => text;
  }
  if (/^\d/.test(token)) return () => Number(token);
  if (!/^["A-Za-z_]/.test(token)) throw tokens.unexpected(token);
  if (tokens.next === '(' && !token.startsWith('"')) return parseCall(token.toUpperCase(), tokens);
  const column = token.replaceAll('"', '');
  return (row) => {
    if (!Object.hasOwn(row, column)) throw tokens.unexpected(`the column ${column}`);
    return row[column] ?? null;
  };
}

function parseCase(tokens: Tokens): Expression {
  const condition = parseExpression(tokens);
  tokens.expect('THEN');
  const then = parseExpression(tokens);
  tokens.expect('ELSE');
  const otherwise = parseExpression(tokens);
  tokens.expect('END');
  return (row, group) => (condition(row, group) === true ? then : otherwise)(row, group);
}

function parseList(tokens: Tokens): readonly Expression[] {
  tokens.expect('(');
  const items: Expression[] = [];
  do items.push(parseExpression(tokens));
  while (tokens.take(','));
  tokens.expect(')');
  return items;
}

function parseCall(name: string, tokens: Tokens): Expression {
  if (name === 'CAST' || name === 'TRY_CAST') {
    tokens.expect('(');
    const inner = parseExpression(tokens);
    tokens.expect('AS', 'IPADDRESS');
    tokens.expect(')');
    return (row, group) => {
      const address = toAddress(inner(row, group));
      if (address === null && name === 'CAST') throw tokens.unexpected('what is no address');
      return address;
    };
  }
  if (name === 'COUNT') {
    tokens.expect('(', '*', ')');
    return (_row, group) => group.length;
  }
  if (name === 'ARRAY_JOIN') return parseJoinedValues(tokens);
  const [first, second] = parseList(tokens);
  if (first === undefined) throw tokens.unexpected();
  if (name === 'CONTAINS' && second !== undefined) {
    return (row, group) => isWithin(first(row, group), second(row, group));
  }
  const aggregate = AGGREGATES[name];
  if (aggregate === undefined) throw tokens.unexpected(name);
  return (_row, group) => {
    const values = group.map((each) => first(each, [each])).filter((value) => typeof value === 'number');
    return values.length === 0 ? null : aggregate(values);
  };
}

/** `ARRAY_JOIN(ARRAY_AGG(DISTINCT …), '…')`: the values of a group, each once, as one text; null is left out. */
function parseJoinedValues(tokens: Tokens): Expression {
  tokens.expect('(', 'ARRAY_AGG', '(', 'DISTINCT');
  const inner = parseExpression(tokens);
  tokens.expect(')', ',');
  const between = parseOne(tokens);
  tokens.expect(')');
  return (row, group) => {
    const values = group.map((each) => inner(each, [each])).filter((value) => value !== null);
    return [...new Set(values)].join(String(between(row, group)));
  };
}

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

function toAddress(value: Value): string | null {
  return typeof value === 'string' && ipaddr.isValid(value) ? ipaddr.parse(value).toNormalizedString() : null;
}

function isWithin(network: Value, address: Value): Value {
  if (typeof network !== 'string' || typeof address !== 'string') return null;
  const [block, length] = ipaddr.parseCIDR(network);
  const one = ipaddr.parse(address);
  return block.kind() === one.kind() && one.match([block, length] as [ipaddr.IPv4, number]);
}
