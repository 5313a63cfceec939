import ipaddr from 'ipaddr.js';
import { AwsError } from '../../runtime/aws-error';

export type Value = string | number | boolean | readonly (string | number)[] | undefined;
export type Fields = Readonly<Record<string, string | number>>;
/** What an expression comes to for one record. */
export type Expression = (fields: Fields) => Value;

/** Texts in quotes, numbers, names, and the operators that the sandbox knows. */
export function tokenize(text: string): string[] {
  const tokens = text.match(/"[^"]*"|[\w@.]+|!=|>=|<=|[=<>()[\],]|\S/g) ?? [];
  return [...tokens];
}

/**
 * Boolean expressions of filter: and, or, not, comparisons, `in [...]`, isIpv4InSubnet and isIpv6InSubnet.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html
 *
 * @throws AwsError MalformedQueryException
 */
export function parseExpression(tokens: string[]): Expression {
  const expression = parseOr(tokens);
  const [left] = tokens;
  if (left !== undefined) throw unexpected(left);
  return expression;
}

function unexpected(token: string | undefined): AwsError {
  return new AwsError('MalformedQueryException', `unexpected symbol found ${token ?? 'at the end of the query'}`);
}

function parseOr(tokens: string[]): Expression {
  const parts = [parseAnd(tokens)];
  while (take(tokens, 'or')) parts.push(parseAnd(tokens));
  return (fields) => parts.some((part) => part(fields) === true);
}

function parseAnd(tokens: string[]): Expression {
  const parts = [parseNot(tokens)];
  while (take(tokens, 'and')) parts.push(parseNot(tokens));
  return (fields) => parts.every((part) => part(fields) === true);
}

function parseNot(tokens: string[]): Expression {
  if (!take(tokens, 'not')) return parseComparison(tokens);
  const inner = parseNot(tokens);
  return (fields) => inner(fields) !== true;
}

const COMPARISONS: Readonly<Record<string, (one: Value, other: Value) => boolean>> = {
  '=': (one, other) => String(one) === String(other),
  '!=': (one, other) => String(one) !== String(other),
  '<': (one, other) => Number(one) < Number(other),
  '<=': (one, other) => Number(one) <= Number(other),
  '>': (one, other) => Number(one) > Number(other),
  '>=': (one, other) => Number(one) >= Number(other),
};

function parseComparison(tokens: string[]): Expression {
  const left = parseValue(tokens);
  const [operator = ''] = tokens;
  if (take(tokens, 'in')) {
    const list = parseList(tokens);
    return (fields) => list.includes(String(left(fields)));
  }
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (!compare) return left;
  tokens.shift();
  const right = parseValue(tokens);
  return (fields) => compare(left(fields), right(fields));
}

function parseList(tokens: string[]): readonly string[] {
  expect(tokens, '[');
  const items: string[] = [];
  while (!take(tokens, ']')) {
    const token = tokens.shift();
    if (token === undefined) throw unexpected(token);
    items.push(token.replace(/^"|"$/g, ''));
    if (tokens[0] !== ']') expect(tokens, ',');
  }
  return items;
}

function parseValue(tokens: string[]): Expression {
  const token = tokens.shift();
  if (token === '(') {
    const inner = parseOr(tokens);
    expect(tokens, ')');
    return inner;
  }
  if (token === 'isIpv4InSubnet' || token === 'isIpv6InSubnet') {
    expect(tokens, '(');
    const address = parseValue(tokens);
    expect(tokens, ',');
    const block = parseValue(tokens);
    expect(tokens, ')');
    const kind = token === 'isIpv4InSubnet' ? 'ipv4' : 'ipv6';
    return (fields) => isWithin(String(address(fields)), String(block(fields)), kind);
  }
  if (token === undefined) throw unexpected(token);
  if (token.startsWith('"')) return () => token.slice(1, -1);
  if (/^\d+(\.\d+)?$/.test(token)) return () => Number(token);
  if (!/^[@a-zA-Z_]/.test(token)) throw unexpected(token);
  return (fields) => fields[token];
}

function isWithin(address: string, block: string, kind: 'ipv4' | 'ipv6'): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed.kind() === kind && parsed.match(ipaddr.parseCIDR(block));
}

function take(tokens: string[], token: string): boolean {
  if (tokens[0] !== token) return false;
  tokens.shift();
  return true;
}

/** @throws AwsError */
function expect(tokens: string[], token: string): void {
  if (!take(tokens, token)) throw unexpected(tokens[0]);
}
