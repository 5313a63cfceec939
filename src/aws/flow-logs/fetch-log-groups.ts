import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  type CloudWatchLogsClient,
  type LogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupSeen, StreamSeen } from '../../core/context/flow-logs/log-gaps';
import type { InterfaceSeen } from '../../core/context/interface-seen';
import { failure, success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** How long they keep records, and how many bytes they hold. */
export async function fetchLogGroups(
  client: CloudWatchLogsClient,
  names: readonly string[],
): PortResult<readonly LogGroupSeen[]> {
  const seen: LogGroupSeen[] = [];
  for (const name of names) {
    // The first of a page has the name itself, where there is such a group: they come in the order of their names.
    const page = await attempt('logs:DescribeLogGroups', () =>
      client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name })),
    );
    if (!page.ok) return page;
    if (page.value.logGroups === undefined) return noList('logs:DescribeLogGroups');
    const found = page.value.logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found === undefined) {
      return failure({ code: 'not-found', retryable: false, cause: `log group ${name} is not there` });
    }
    seen.push(toLogGroupSeen(name, found));
  }
  return success(seen);
}

function toLogGroupSeen(name: string, { retentionInDays, storedBytes = 0, logGroupClass }: LogGroup): LogGroupSeen {
  return {
    name,
    ...(retentionInDays === undefined ? {} : { retentionDays: retentionInDays }),
    storedBytes,
    ...(logGroupClass === undefined ? {} : { logClass: logGroupClass }),
  };
}

/**
 * Since when and until when each interface has records, in whichever group. VPC names the streams `eni-…-all` and
 * `eni-…-accept`: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export async function fetchStreams(
  client: CloudWatchLogsClient,
  logGroups: readonly string[],
  interfaces: readonly InterfaceSeen[],
): PortResult<readonly StreamSeen[]> {
  const seen: StreamSeen[] = [];
  for (const { id } of interfaces) {
    const times: number[] = [];
    for (const logGroupName of logGroups) {
      const page = await attempt('logs:DescribeLogStreams', () =>
        client.send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: `${id}-` })),
      );
      if (!page.ok) return page;
      if (page.value.logStreams === undefined) return noList('logs:DescribeLogStreams');
      const streams = page.value.logStreams.filter(({ logStreamName = '' }) => !logStreamName.endsWith('-reject'));
      times.push(
        ...streams
          .flatMap(({ firstEventTimestamp, lastEventTimestamp }) => [firstEventTimestamp, lastEventTimestamp])
          .filter((time) => time !== undefined),
      );
    }
    seen.push({
      interfaceId: id,
      ...(times.length === 0
        ? {}
        : { first: new Date(Math.min(...times)).toISOString(), last: new Date(Math.max(...times)).toISOString() }),
    });
  }
  return success(seen);
}

function noList(operation: string) {
  return failure({ code: 'unknown' as const, retryable: false, cause: `${operation}: the answer holds no list` });
}
