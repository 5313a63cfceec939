import type {
  CreateLogGroupRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  PutLogEventsRequest,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';
import { bytesOf, keptEvents, type LogStore } from './log-store';

const FORTNIGHT = 14 * 86_400_000;

/** Log groups and streams of clients: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export function createLogOperations(store: LogStore): Readonly<Record<string, Operation>> {
  const createLogGroup: Operation<CreateLogGroupRequest, object> = {
    permissions: ({ logGroupName = '' }, context) => onGroup('CreateLogGroup', logGroupName, context),
    handle: ({ logGroupName = '' }, { account, region, world }) => {
      const groups = store.groups(account, region);
      if (groups.has(logGroupName)) {
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
      }
      groups.set(logGroupName, { name: logGroupName, createdMillis: world.clock.now(), streams: new Map() });
      return {};
    },
  };
  const putRetentionPolicy: Operation<PutRetentionPolicyRequest, object> = {
    permissions: ({ logGroupName = '' }, context) => onGroup('PutRetentionPolicy', logGroupName, context),
    handle: ({ logGroupName = '', retentionInDays }, { account, region }) => {
      if (retentionInDays !== undefined) store.group(account, region, logGroupName).retentionDays = retentionInDays;
      return {};
    },
  };
  const describeLogGroups: Operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse> = {
    permissions: () => [{ action: 'logs:DescribeLogGroups', resource: '*' }],
    handle: ({ logGroupNamePrefix = '' }, { account, region, world }) => ({
      logGroups: [...store.groups(account, region).values()]
        .filter(({ name }) => name.startsWith(logGroupNamePrefix))
        .sort((one, other) => one.name.localeCompare(other.name))
        .map((group) => ({
          logGroupName: group.name,
          creationTime: group.createdMillis,
          storedBytes: bytesOf(keptEvents(group, world.clock.now())),
          ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
        })),
    }),
  };
  const describeLogStreams: Operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse> = {
    permissions: ({ logGroupName = '' }, context) => onGroup('DescribeLogStreams', logGroupName, context),
    handle: ({ logGroupName = '', logStreamNamePrefix = '' }, { account, region }) => ({
      logStreams: [...store.group(account, region, logGroupName).streams]
        .filter(([name]) => name.startsWith(logStreamNamePrefix))
        .map(([logStreamName, events]) => ({
          logStreamName,
          ...(events.length === 0
            ? {}
            : {
                firstEventTimestamp: Math.min(...events.map(({ timestamp }) => timestamp)),
                lastEventTimestamp: Math.max(...events.map(({ timestamp }) => timestamp)),
              }),
        })),
    }),
  };
  return {
    CreateLogGroup: createLogGroup,
    PutRetentionPolicy: putRetentionPolicy,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    CreateLogStream: createLogStream(store),
    PutLogEvents: putLogEvents(store),
  };
}

/**
 * The sandbox's Lambda calls these two as well, to learn whether a role may: what functions print is kept there, and
 * their groups are none of clients.
 */
function createLogStream(store: LogStore): Operation<Names, object> {
  return {
    permissions: (names, context) => onStream('CreateLogStream', names, context),
    handle: ({ logGroupName, logStreamName }, { account, region, agent }) => {
      if (agent === undefined) return {};
      const { streams } = store.group(account, region, logGroupName);
      if (!streams.has(logStreamName)) streams.set(logStreamName, []);
      return {};
    },
  };
}

interface Names {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

function putLogEvents(store: LogStore): Operation<PutLogEventsRequest, object> {
  return {
    permissions: ({ logGroupName = '', logStreamName = '' }, context) =>
      onStream('PutLogEvents', { logGroupName, logStreamName }, context),
    handle: ({ logGroupName = '', logStreamName = '', logEvents = [] }, { account, region, agent, world }) => {
      if (agent === undefined) return {};
      const stream = store.group(account, region, logGroupName).streams.get(logStreamName);
      if (stream === undefined) {
        throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
      }
      const taken = logEvents.filter(({ timestamp = 0 }) => timestamp >= world.clock.now() - FORTNIGHT);
      stream.push(...taken.map(({ timestamp = 0, message = '' }) => ({ timestamp, message })));
      return taken.length === logEvents.length
        ? {}
        : { rejectedLogEventsInfo: { tooOldLogEventEndIndex: logEvents.length - taken.length } };
    },
  };
}

function onGroup(action: string, name: string, { world, account, region }: CallContext) {
  const resource = `arn:${world.partition}:logs:${region}:${account}:log-group:${name}:*`;
  return [{ action: `logs:${action}`, resource }];
}

function onStream(action: string, { logGroupName, logStreamName }: Names, { world, account, region }: CallContext) {
  const group = `arn:${world.partition}:logs:${region}:${account}:log-group:${logGroupName}`;
  return [{ action: `logs:${action}`, resource: `${group}:log-stream:${logStreamName}` }];
}
