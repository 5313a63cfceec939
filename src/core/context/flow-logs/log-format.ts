import { failure, success, type Result } from '../../result';

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html#flow-logs-default */
const DEFAULT_FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

/** What a record must say before it can show who used what. */
const NEEDED = ['interface-id', 'srcaddr', 'dstport', 'protocol', 'bytes', 'action', 'log-status'] as const;

/**
 * The fields of a flow log's records in their order, from `LogFormat` of DescribeFlowLogs; the error says what is
 * missing. Values of tags may hold spaces, which is what records are split at.
 */
export function parseLogFormat(format: string = DEFAULT_FORMAT): Result<readonly string[], string> {
  const fields: string[] = [];
  for (const part of format.trim().split(/\s+/)) {
    const field = /^\$\{([a-z0-9-]+)\}$/.exec(part)?.[1];
    if (field === undefined || /-tag(-\d+)?$/.test(field)) {
      return failure(`their format has ${part.slice(0, 40)}, which records cannot be split at`);
    }
    fields.push(field);
  }
  const missing = NEEDED.filter((field) => !fields.includes(field));
  if (missing.length > 0) return failure(`their format lacks ${missing.join(', ')}`);
  return fields.includes('dstaddr') || fields.includes('flow-direction')
    ? success(fields)
    : failure('their format lacks dstaddr and flow-direction');
}
