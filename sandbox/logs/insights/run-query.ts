import type { LogEvent } from '../log-store';
import type { Fields } from './expression';
import type { Column, Command } from './parse-query';

/** Carries a query out over events, command by command. */
export function runQuery(commands: readonly Command[], events: readonly LogEvent[]): readonly Fields[] {
  const all: readonly Fields[] = events.map(({ timestamp, message }) => ({
    '@timestamp': timestamp,
    '@message': message,
  }));
  return commands.reduce<readonly Fields[]>(carryOut, all);
}

function carryOut(rows: readonly Fields[], command: Command): readonly Fields[] {
  switch (command.kind) {
    case 'parse':
      return rows.map((row) => {
        const values = command.pattern.exec(String(row['@message']));
        if (!values) return row;
        return { ...row, ...Object.fromEntries(command.names.map((name, i) => [name, values[i + 1] ?? ''])) };
      });
    case 'filter':
      return rows.filter((row) => command.condition(row) === true);
    case 'stats':
      return toGroups(rows, command.by).map(([first, group]) => ({
        ...Object.fromEntries(command.by.map((field) => [field, first[field] ?? ''])),
        ...Object.fromEntries(command.columns.map((column) => [column.name, aggregate(column, group)])),
      }));
    case 'sort': {
      const sign = command.isDescending ? -1 : 1;
      return rows.toSorted((one, other) => sign * (Number(one[command.field]) - Number(other[command.field])));
    }
    case 'limit':
      return rows.slice(0, command.most);
  }
}

function toGroups(rows: readonly Fields[], by: readonly string[]): readonly (readonly [Fields, readonly Fields[]])[] {
  const groups = new Map<string, [Fields, Fields[]]>();
  for (const row of rows) {
    const key = JSON.stringify(by.map((field) => row[field]));
    const found = groups.get(key);
    if (found) found[1].push(row);
    else groups.set(key, [row, [row]]);
  }
  return [...groups.values()];
}

/** What is no number counts as none. */
function aggregate({ how, field }: Column, rows: readonly Fields[]): number {
  if (how === 'count') return rows.length;
  const values = rows.map((row) => Number(row[field])).filter(Number.isFinite);
  if (how === 'sum') return values.reduce((sum, value) => sum + value, 0);
  return how === 'max' ? Math.max(...values) : Math.min(...values);
}
