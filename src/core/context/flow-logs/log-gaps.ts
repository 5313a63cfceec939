import type { Window } from './window';

/** What CloudWatch Logs says of the stream of one interface. */
export interface StreamSeen {
  readonly interfaceId: string;
  /** Of its first and last record, ISO 8601, UTC; missing where there is no stream. */
  readonly first?: string;
  readonly last?: string;
}

export interface LogGroupSeen {
  readonly name: string;
  /** Missing where nothing is ever deleted. */
  readonly retentionDays?: number;
  readonly storedBytes: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Records are written every ten minutes at most, and need some more to arrive. */
const BEGINS_WITHIN = HOUR;
/** What CloudWatch Logs says of the last record is "typically" less than an hour old. */
const ENDS_WITHIN = 3 * HOUR;

/**
 * Why records of a window may be missing: every interface writes some at least every ten minutes, also where there is
 * no traffic. Gaps in the middle show as skipped records, or not at all.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html
 */
export function findLogGaps(
  { from, to }: Window,
  groups: readonly LogGroupSeen[],
  streams: readonly StreamSeen[],
): readonly string[] {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  return [
    ...groups.flatMap(({ name, retentionDays }) =>
      retentionDays !== undefined && end - retentionDays * DAY > begin
        ? `log group ${name} keeps ${String(retentionDays)} days only`
        : [],
    ),
    ...streams.flatMap(({ interfaceId, first, last }) => {
      if (first === undefined || last === undefined) return `no records of ${interfaceId} are there`;
      if (Date.parse(first) - begin > BEGINS_WITHIN) return `records of ${interfaceId} begin on ${first} only`;
      return end - Date.parse(last) > ENDS_WITHIN ? `records of ${interfaceId} end on ${last}` : [];
    }),
  ];
}

/** About as much as a query of the window scans, if what is stored is spread evenly over what is kept. */
export function bytesToScan({ from, to }: Window, groups: readonly LogGroupSeen[]): number {
  const days = (Date.parse(to) - Date.parse(from)) / DAY;
  return groups.reduce(
    (sum, { retentionDays, storedBytes }) =>
      sum + storedBytes * (retentionDays === undefined ? 1 : Math.min(1, days / retentionDays)),
    0,
  );
}
