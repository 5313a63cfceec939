import type { InterfaceSeen } from '../interface-seen';
import type { InstanceSeen } from '../surroundings';
import type { Window } from './window';

/** What CloudWatch Logs says of the stream of one interface, or Athena of its records. */
export interface StreamSeen {
  readonly interfaceId: string;
  /** Of its first and last record, ISO 8601, UTC; missing where there is no stream. */
  readonly first?: string;
  readonly last?: string;
  /** Days since 1970 of which there are records; missing where that was not asked. */
  readonly days?: ReadonlySet<number>;
}

export interface LogGroupSeen {
  readonly name: string;
  /** Missing where nothing is ever deleted. */
  readonly retentionDays?: number;
  readonly storedBytes: number;
  /** `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`; missing in answers of older Regions. */
  readonly logClass?: string;
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
    ...streams.flatMap(({ interfaceId, first, last, days }) => {
      if (first === undefined || last === undefined) return `no records of ${interfaceId} are there`;
      if (Date.parse(first) - begin > BEGINS_WITHIN) return `records of ${interfaceId} begin on ${first} only`;
      if (end - Date.parse(last) > ENDS_WITHIN) return `records of ${interfaceId} end on ${last}`;
      const missing = days && missingDay(days, begin, end);
      return missing === undefined ? [] : `records of ${interfaceId} of ${missing} are missing`;
    }),
  ];
}

/** The first whole day within a time of which there is nothing, such as where a partition was never added. */
function missingDay(days: ReadonlySet<number>, begin: number, end: number): string | undefined {
  const last = Math.floor(end / DAY);
  for (let day = Math.floor(begin / DAY) + 1; day < last; day++) {
    if (!days.has(day)) return new Date(day * DAY).toISOString().slice(0, 10);
  }
  return undefined;
}

/** What runs, or is attached, only for a part of a window: nobody could have used it before. */
export function findLateStarts(
  { from }: Window,
  interfaces: readonly InterfaceSeen[],
  instances: readonly InstanceSeen[],
): readonly string[] {
  const isLate = (at: string) => Date.parse(at) - Date.parse(from) > BEGINS_WITHIN;
  return interfaces.flatMap(({ id, attachedAt, instanceId }) => {
    if (attachedAt !== undefined && isLate(attachedAt)) return `${id} is attached since ${attachedAt} only`;
    if (instanceId === undefined) return [];
    const at = instances.find((each) => each.id === instanceId)?.launchedAt;
    if (at === undefined) return `since when ${instanceId} runs is not known`;
    return isLate(at) ? `${instanceId} runs since ${at} only` : [];
  });
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
