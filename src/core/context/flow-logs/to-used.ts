import type { Fact, Peer, Used } from '../context';
import { known, unknown } from '../fact';
import { isTooShort, type Window } from './window';
import { MOST_ROWS, nameOf } from './to-flow-query';

/** A query that was asked, and what is known already about what it can show. */
export interface AskedFlows {
  readonly queryId: string;
  readonly window: Window;
  /** Why no answer of it can show that nobody uses the target; empty where nothing is known to be missing. */
  readonly gaps: readonly string[];
  /** What is not recorded though it takes nothing from the answer; missing in questions of older versions. */
  readonly remarks?: readonly string[];
  /** Athena was asked, there; missing, CloudWatch Logs was. */
  readonly athena?: {
    readonly account: string;
    readonly region: string;
    readonly interfaceIds: readonly string[];
  };
}

/** One row of its answer, by the names that the query gives. */
export type FlowRow = Readonly<Record<string, string>>;

const MOST_PEERS = 10;

/**
 * Who used what a plan closes. Accepted flows say that it is used, however incomplete the records are; that nobody used
 * it is said only where nothing is known to be missing.
 *
 * @param mostRows that the query answers; there may be more sources where they are as many
 */
export function toUsed(
  { window, gaps, remarks = [] }: AskedFlows,
  rows: readonly FlowRow[],
  bytesScanned: number,
  mostRows = MOST_ROWS,
): Fact<Used> {
  const accepted = rows.filter((row) => row[nameOf('action')] === 'ACCEPT');
  const rejected = sumOf(
    rows.filter((row) => row[nameOf('action')] === 'REJECT'),
    'flows',
  );
  const scanned = `${String(Math.ceil(bytesScanned / 1e6))} MB of flow logs were searched`;
  const searched = `${window.from} to ${window.to}`;
  const beside = [...(window.isBounded === true ? ['use before that was not looked for'] : []), ...remarks];
  const common = { from: window.from, to: window.to, rejected };
  if (accepted.length > 0) {
    const peers = accepted.map((row) => toPeer(row, window.to)).sort((one, other) => other.bytes - one.bytes);
    const lastSeen = peers
      .map((peer) => peer.lastSeen)
      .sort()
      .at(-1);
    const value: Used = {
      ...common,
      answer: 'flows',
      flows: sumOf(accepted, 'flows'),
      sources: new Set(peers.map(({ address }) => address)).size,
      bytes: sumOf(accepted, 'bytes'),
      ...(lastSeen === undefined ? {} : { lastSeen }),
      peers: peers.slice(0, MOST_PEERS),
    };
    return known(
      value,
      searched,
      scanned,
      ...beside,
      ...(rows.length >= mostRows ? ['there are more sources than these'] : []),
    );
  }
  const missing = [
    ...(isTooShort(window) ? ['it was opened less than a day ago'] : []),
    ...gaps,
    ...(bytesScanned > 0 ? [] : ['nothing was there to search']),
    ...(rows.some((row) => row[nameOf('log-status')] === 'SKIPDATA') ? ['records were skipped (SKIPDATA)'] : []),
    ...(rows.length >= mostRows ? ['there are more sources than one query answers'] : []),
  ];
  if (missing.length > 0) return unknown(`cannot tell: ${missing.slice(0, 3).join('; ')}`);
  return known(
    { ...common, answer: 'none-seen', flows: 0, sources: 0, bytes: 0, peers: [] },
    searched,
    scanned,
    ...beside,
  );
}

/** Whoever was seen at no time that can be understood was seen at the latest when the window ended. */
function toPeer(row: FlowRow, end: string): Peer {
  return {
    address: row[nameOf('srcaddr')] ?? '',
    bytes: numberOf(row['bytes']),
    lastSeen: timeOf(row['last'] ?? '') ?? end,
  };
}

function sumOf(rows: readonly FlowRow[], column: string): number {
  return rows.reduce((sum, row) => sum + numberOf(row[column]), 0);
}

function numberOf(text: string | undefined): number {
  const number = Number(text);
  return Number.isFinite(number) ? number : 0;
}

/** Logs Insights writes times as milliseconds, or as `2026-11-29 10:00:00.000`, both UTC. */
function timeOf(text: string): string | undefined {
  const millis = /^\d+(\.\d+)?(E\d+)?$/i.test(text) ? Number(text) : Date.parse(`${text.replace(' ', 'T')}Z`);
  // Beyond so many milliseconds there is no date.
  return Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString() : undefined;
}
