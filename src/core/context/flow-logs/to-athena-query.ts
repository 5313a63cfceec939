import { failure, success, type Result } from '../../result';
import type { PortRange } from '../../network/port-set';
import type { InterfaceSeen } from '../interface-seen';
import type { AthenaTable, DayFormat } from './athena-table';
import { toProtocol, type BlockedButFor } from './to-flow-query';
import type { Window } from './window';

/**
 * One page of an answer, less its heading:
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
export const MOST_ATHENA_ROWS = 999;

/** https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const MOST_BYTES = 262_144;

export interface AthenaQuery {
  readonly sql: string;
  /** For its question marks, in their order, each as a text of SQL. */
  readonly parameters: readonly string[];
}

const DAY = 86_400_000;

/**
 * One query, which reads the table once: from whom the traffic came that a plan blocks, accepted and rejected, and of
 * each interface since when, until when and of which days there are records, and whether some were skipped. Rows
 * without a flow come first, so that a limit never drops them. What is text is a parameter, and of a checked form.
 * https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html
 */
export function toAthenaQuery(
  table: AthenaTable,
  interfaces: readonly InterfaceSeen[],
  blocked: readonly BlockedButFor[],
  window: Window,
): Result<AthenaQuery, string> {
  if (blocked.length === 0) return failure('nothing that is open lets in blocks of addresses');
  const parameters: string[] = [];
  const text = (value: string): string => {
    parameters.push(toText(value));
    return '?';
  };
  const isFrom = (block: string) => `contains(${text(block)}, TRY_CAST(srcaddr AS IPADDRESS))`;
  const addresses = interfaces.flatMap(({ privateIps }) => privateIps);
  const isOwn = (column: string) =>
    `TRY_CAST(${column} AS IPADDRESS) IN (${addresses.map((each) => `CAST(${text(each)} AS IPADDRESS)`).join(', ')})`;
  // What came in to an address that it has no more, or that it passes on to, as well.
  const inward = `(${isOwn('dstaddr')} OR NOT ${isOwn('srcaddr')})`;
  const traffic = blocked.map(
    ({ cidr, protocol, ports, butFor }) =>
      `(${[
        ...toProtocol(protocol).map(([is, number]) => `protocol ${is === '=' ? '=' : '<>'} ${String(number)}`),
        ...(ports.length === 0 ? [] : [`(${ports.map(toPortCondition).join(' OR ')})`]),
        isFrom(cidr),
        ...butFor.map((block) => `NOT ${isFrom(block)}`),
      ].join(' AND ')})`,
  );
  const flow = `CASE WHEN ${inward} AND (${traffic.join(' OR ')}) THEN srcaddr || ' ' || action ELSE '' END AS flow`;
  const ids = interfaces.map(({ id }) => text(id)).join(', ');
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const days = table.day && toDays(table.day.format, from, to).map(text);
  const sql = [
    'SELECT interface_id, flow, log_status, COUNT(*) AS flows, SUM(bytes) AS total, MIN("start") AS since, MAX("end") AS until,',
    `ARRAY_JOIN(ARRAY_AGG(DISTINCT "start" / ${String(DAY / 1000)}), ' ') AS days`,
    `FROM (SELECT interface_id, log_status, bytes, "start", "end", ${flow}`,
    `FROM ${quoted(table.database)}.${quoted(table.table)}`,
    `WHERE interface_id IN (${ids}) AND "start" BETWEEN ${String(from / 1000)} AND ${String(to / 1000)}`,
    ...(table.day && days ? [`AND ${quoted(table.day.column)} BETWEEN ${days.join(' AND ')}`] : []),
    ') GROUP BY interface_id, flow, log_status',
    `ORDER BY CASE WHEN flow = '' THEN 0 ELSE 1 END, total DESC LIMIT ${String(MOST_ATHENA_ROWS)}`,
  ].join(' ');
  const size = parameters.reduce((sum, each) => sum + each.length, sql.length);
  return size > MOST_BYTES
    ? failure('it has too many interfaces, ports or sources for one query')
    : success({ sql, parameters });
}

function toPortCondition({ from, to }: PortRange): string {
  return `dstport BETWEEN ${String(from)} AND ${String(to)}`;
}

/** Records of one moment may be in the partition of the next day. */
function toDays(format: DayFormat, from: number, to: number): readonly string[] {
  return [from, to + DAY].map((millis) => {
    const day = new Date(millis).toISOString().slice(0, 10);
    return format === 'yyyy-MM-dd' ? day : day.replaceAll('-', '/');
  });
}

/** Ids, addresses and blocks have none of what would end a text; what has is left out of it. */
function toText(value: string): string {
  return `'${value.replace(/[^\w.:/-]/g, '')}'`;
}

/** Names have been checked; a quote in one would end it. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '')}"`;
}
