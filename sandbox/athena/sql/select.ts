import { orderOf, parseExpression, type Expression, type Row } from './expression';
import type { Tokens } from './tokens';

export interface Select {
  /** `DATABASE.TABLE` that all comes from. */
  readonly table: string;
  /** Names of what it answers, in their order. */
  readonly columns: readonly string[];
  run(rows: readonly Row[]): readonly Row[];
}

/** `SELECT … FROM` a table or another one in brackets, `WHERE`, `GROUP BY`, `ORDER BY`, `LIMIT`. */
export function parseSelect(tokens: Tokens): Select {
  tokens.expect('SELECT');
  const items: { readonly name: string; readonly expression: Expression }[] = [];
  do {
    const bare = tokens.next ?? '';
    const expression = parseExpression(tokens);
    items.push({ name: tokens.take('AS') ? tokens.name() : bare.replaceAll('"', ''), expression });
  } while (tokens.take(','));
  tokens.expect('FROM');
  const from = parseSource(tokens);
  const where = tokens.take('WHERE') ? parseExpression(tokens) : undefined;
  const by = tokens.take('GROUP', 'BY') ? parseNames(tokens) : undefined;
  const order = tokens.take('ORDER', 'BY') ? parseOrder(tokens) : [];
  const most = tokens.take('LIMIT') ? Number(tokens.shift()) : Infinity;
  return {
    table: from.table,
    columns: items.map(({ name }) => name),
    run: (rows) => {
      const read = from.run === undefined ? rows : from.run(rows);
      const kept = read.filter((row) => where === undefined || where(row, [row]) === true);
      return toGroups(kept, by)
        .map((group) =>
          Object.fromEntries(items.map(({ name, expression }) => [name, expression(group[0] ?? {}, group)])),
        )
        .toSorted((one, other) => byOrder(order, one, other))
        .slice(0, most);
    },
  };
}

function parseSource(tokens: Tokens): { readonly table: string; readonly run?: Select['run'] } {
  if (!tokens.take('(')) return { table: parseTable(tokens) };
  const inner = parseSelect(tokens);
  tokens.expect(')');
  return inner;
}

/** `DATABASE.TABLE`, in lower case as Glue keeps them. */
export function parseTable(tokens: Tokens): string {
  const database = tokens.name();
  tokens.expect('.');
  return `${database}.${tokens.name()}`.toLowerCase();
}

function parseNames(tokens: Tokens): readonly string[] {
  const names: string[] = [];
  do names.push(tokens.name());
  while (tokens.take(','));
  return names;
}

interface Order {
  readonly expression: Expression;
  readonly sign: 1 | -1;
}

function parseOrder(tokens: Tokens): readonly Order[] {
  const orders: Order[] = [];
  do {
    const expression = parseExpression(tokens);
    orders.push({ expression, sign: tokens.take('DESC') ? -1 : 1 });
  } while (tokens.take(','));
  return orders;
}

function toGroups(rows: readonly Row[], by: readonly string[] | undefined): readonly (readonly Row[])[] {
  if (by === undefined) return rows.map((row) => [row]);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(by.map((name) => row[name]));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** By what is answered; null comes last in either direction. */
function byOrder(order: readonly Order[], one: Row, other: Row): number {
  for (const { expression, sign } of order) {
    const [left, right] = [one, other].map((row) => expression(row, [row]));
    if (left === undefined || right === undefined) continue;
    const found = orderOf(left, right) * (left === null || right === null ? 1 : sign);
    if (found !== 0) return found;
  }
  return 0;
}
