import type { Fact, Used } from '../context';
import { findLogGaps } from './log-gaps';
import { MOST_ATHENA_ROWS } from './to-athena-query';
import { nameOf } from './to-flow-query';
import { toUsed, type AskedFlows, type FlowRow } from './to-used';

/** Who used what a plan closes, by a row of Athena's answer to `toAthenaQuery` each, by the names of its columns. */
export function usedByAthena(
  asked: AskedFlows,
  interfaceIds: readonly string[],
  rows: readonly FlowRow[],
  bytesScanned: number,
): Fact<Used> {
  const streams = interfaceIds.map((interfaceId) => {
    const own = rows.filter((row) => row['interface_id'] === interfaceId);
    const [first, last] = [timesOf(own, 'since'), timesOf(own, 'until')];
    const days = new Set(
      own.flatMap((row) =>
        (row['days'] ?? '')
          .split(' ')
          .filter((day) => day !== '')
          .map(Number),
      ),
    );
    return own.length === 0 || first.length === 0 || last.length === 0
      ? { interfaceId }
      : { interfaceId, first: toIso(Math.min(...first)), last: toIso(Math.max(...last)), days };
  });
  const gaps = [...asked.gaps, ...findLogGaps(asked.window, [], streams)];
  return toUsed({ ...asked, gaps }, toFlowRows(rows), bytesScanned, MOST_ATHENA_ROWS);
}

/** A source that reached two interfaces is one. */
function toFlowRows(rows: readonly FlowRow[]): readonly FlowRow[] {
  const merged = new Map<string, FlowRow>();
  for (const row of rows) {
    const [source = '', action = ''] = (row['flow'] ?? '').split(' ');
    const status = row['log_status'] ?? '';
    const key = `${source} ${action} ${status}`;
    const before = merged.get(key);
    const sum = (column: string) => String(numberOf(before?.[column]) + numberOf(row[column]));
    merged.set(key, {
      [nameOf('srcaddr')]: source,
      [nameOf('action')]: action,
      [nameOf('log-status')]: status,
      flows: sum('flows'),
      bytes: String(numberOf(before?.['bytes']) + numberOf(row['total'])),
      last: String(Math.max(numberOf(before?.['last']), numberOf(row['until']) * 1000)),
    });
  }
  return [...merged.values()];
}

function timesOf(rows: readonly FlowRow[], column: string): readonly number[] {
  return rows.map((row) => numberOf(row[column])).filter((seconds) => seconds > 0);
}

function toIso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function numberOf(text: string | undefined): number {
  const number = Number(text ?? 0);
  return Number.isFinite(number) ? number : 0;
}
