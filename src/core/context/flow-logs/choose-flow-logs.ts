import { failure, success, type Result } from '../../result';
import type { InterfaceSeen } from '../interface-seen';
import { parseLogFormat } from './log-format';

/** A flow log, as EC2 describes it: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html */
export interface FlowLogSeen {
  readonly id: string;
  /** Interface, subnet or VPC. */
  readonly resourceId: string;
  /** `cloud-watch-logs`, `s3` or `kinesis-data-firehose`. */
  readonly destination: string;
  readonly logGroup?: string;
  /** Of S3. */
  readonly bucket?: string;
  readonly trafficType: string;
  readonly isActive: boolean;
  /** What keeps records from being delivered; missing where nothing does. */
  readonly deliveryError?: string;
  /** Records go to another account, whose logs are not read. */
  readonly isForAnotherAccount: boolean;
  /** Missing for the default one. */
  readonly format?: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export interface ChosenLogs {
  readonly place: 'cloud-watch-logs' | 's3';
  /** Each once; none in S3. */
  readonly logGroups: readonly string[];
  /** Of every record. */
  readonly fields: readonly string[];
  /** Why these logs cannot show that nobody uses it. */
  readonly gaps: readonly string[];
  /** What they leave out all the same, each a part of a sentence. */
  readonly remarks: readonly string[];
}

/**
 * Flow logs that together hold the accepted traffic of all interfaces, one for each, in one place and format, since one
 * query reads them; those in CloudWatch Logs where there are some. The error says why there are none.
 *
 * @param buckets that a table of Athena is over; none, what is in S3 is not searched
 */
export function chooseFlowLogs(
  interfaces: readonly InterfaceSeen[],
  flowLogs: readonly FlowLogSeen[],
  fromIso: string,
  buckets: readonly string[] = [],
): Result<ChosenLogs, string> {
  const chosen: FlowLogSeen[] = [];
  const whyUnusable = (log: FlowLogSeen) => reasonAgainst(log, buckets);
  for (const each of interfaces) {
    const about = flowLogs.filter(({ resourceId }) => [each.id, each.subnetId, each.vpcId].includes(resourceId));
    if (about.length === 0) return failure(`nothing logs the traffic of ${each.id}`);
    const usable = about.filter((log) => whyUnusable(log) === undefined).sort(byPlaceAndAge);
    const [oldest] = usable;
    if (oldest === undefined) return failure(about.flatMap((log) => whyUnusable(log) ?? [])[0] ?? '');
    chosen.push(oldest);
  }
  const [first] = chosen;
  if (first === undefined) return failure('nothing is attached, so that nothing is logged');
  if (chosen.some(({ destination }) => destination !== first.destination)) {
    return failure('its flow logs are partly in S3');
  }
  if (chosen.some(({ format }) => format !== first.format)) return failure('its flow logs have several formats');
  const fields = parseLogFormat(first.format);
  if (!fields.ok) return fields;
  const late = chosen.find(({ createdAt }) => createdAt > fromIso);
  const undelivered = chosen.find(({ deliveryError }) => deliveryError !== undefined);
  const mixed = flowLogs.find((log) => chosen.some((own) => mixesIn(log, own)));
  return success({
    place: first.destination === 's3' ? 's3' : 'cloud-watch-logs',
    logGroups: [...new Set(chosen.flatMap(({ logGroup }) => logGroup ?? []))],
    fields: fields.value,
    gaps: [
      ...(late ? [`flow log ${late.id} is there since ${late.createdAt} only`] : []),
      ...(undelivered
        ? [`records of flow log ${undelivered.id} are not delivered: ${undelivered.deliveryError ?? ''}`]
        : []),
      ...(mixed ? [`flow log ${mixed.id} writes to the same log group in another format`] : []),
    ],
    remarks: chosen.some(({ trafficType }) => trafficType === 'ACCEPT') ? ['rejected flows are not recorded'] : [],
  });
}

/** The oldest that delivers, of those in CloudWatch Logs where there are some. */
function byPlaceAndAge(one: FlowLogSeen, other: FlowLogSeen): number {
  return (
    one.destination.localeCompare(other.destination) ||
    Number(one.deliveryError !== undefined) - Number(other.deliveryError !== undefined) ||
    one.createdAt.localeCompare(other.createdAt)
  );
}

/** Streams are named for interfaces alone, so that records of both stand in one, and are split at the wrong places. */
function mixesIn(log: FlowLogSeen, own: FlowLogSeen): boolean {
  return own.logGroup !== undefined && log.logGroup === own.logGroup && log.format !== own.format;
}

/** What tables of Athena have beside what every query needs. */
const NEEDED_IN_S3 = ['dstaddr', 'start', 'end'];

function reasonAgainst(log: FlowLogSeen, buckets: readonly string[]): string | undefined {
  const { destination, bucket = '' } = log;
  const isInS3 = destination === 's3';
  if (isInS3 && buckets.length === 0) return 'flow logs are in S3';
  if (isInS3 && !buckets.includes(bucket)) {
    return `flow logs are in S3, in the bucket ${bucket}, which flowLogs.athena does not name`;
  }
  if (!isInS3 && destination !== 'cloud-watch-logs') return `flow logs are in ${destination}`;
  if (log.isForAnotherAccount) return 'flow logs are in another account';
  if (!log.isActive) return `flow log ${log.id} is not active`;
  if (log.trafficType === 'REJECT') return `flow log ${log.id} records rejected traffic only`;
  if (!isInS3 && log.logGroup === undefined) return `flow log ${log.id} names no log group`;
  const fields = parseLogFormat(log.format);
  if (!fields.ok) return fields.error;
  const missing = isInS3 ? NEEDED_IN_S3.filter((field) => !fields.value.includes(field)) : [];
  return missing.length === 0 ? undefined : `their format lacks ${missing.join(', ')}`;
}
