import { DescribeFlowLogsCommand, type EC2Client, type FlowLog } from '@aws-sdk/client-ec2';
import type { FlowLogSeen } from '../../core/context/flow-logs/choose-flow-logs';
import type { InterfaceSeen } from '../../core/context/interface-seen';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** Flow logs of interfaces, and of the subnets and VPCs that they are in. */
export function fetchFlowLogs(
  client: EC2Client,
  interfaces: readonly InterfaceSeen[],
): PortResult<readonly FlowLogSeen[]> {
  const Values = [...new Set(interfaces.flatMap(({ id, subnetId, vpcId }) => [id, subnetId, vpcId]))];
  return fetchPages('ec2:DescribeFlowLogs', async (NextToken) => {
    const Filter = [{ Name: 'resource-id', Values }];
    const page = await client.send(new DescribeFlowLogsCommand({ Filter, MaxResults: 1000, NextToken }));
    return { items: page.FlowLogs?.map(toFlowLogSeen), nextToken: page.NextToken };
  });
}

function toFlowLogSeen(log: FlowLog): FlowLogSeen {
  const { LogGroupName, LogFormat, DeliverLogsErrorMessage, DeliverLogsStatus } = log;
  const bucket = /^arn:[^:]+:s3:::([^/]+)/.exec(log.LogDestination ?? '')?.[1];
  const deliveryError =
    DeliverLogsErrorMessage ?? (DeliverLogsStatus === 'FAILED' ? 'the last delivery failed' : undefined);
  return {
    id: log.FlowLogId ?? '',
    resourceId: log.ResourceId ?? '',
    destination: log.LogDestinationType ?? 'cloud-watch-logs',
    ...(LogGroupName === undefined ? {} : { logGroup: LogGroupName }),
    ...(bucket === undefined ? {} : { bucket }),
    trafficType: log.TrafficType ?? '',
    isActive: log.FlowLogStatus === 'ACTIVE',
    ...(deliveryError === undefined ? {} : { deliveryError }),
    isForAnotherAccount: log.DeliverCrossAccountRole !== undefined,
    ...(LogFormat === undefined ? {} : { format: LogFormat }),
    createdAt: log.CreationTime?.toISOString() ?? '9999',
  };
}
