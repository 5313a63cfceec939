import type {
  CreateFlowLogsCommandInput,
  CreateFlowLogsCommandOutput,
  DescribeFlowLogsCommandInput,
  DescribeFlowLogsCommandOutput,
  FlowLog as FlowLogView,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { invalidParameterValue, missingParameter } from './ec2-errors';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { FlowLog } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onResource } from './permissions';
import { readTagSpecifications, toTagList } from './tags';

const DEFAULT_FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ' +
  '${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

const KINDS = { VPC: ID_KINDS.vpc, Subnet: ID_KINDS.subnet, NetworkInterface: ID_KINDS.networkInterface } as const;

/**
 * Flow logs are there from now on; nothing flows in the sandbox, so that records are what somebody puts into the log
 * group. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html
 */
export const createFlowLogs: Ec2Operation<CreateFlowLogsCommandInput, Answer<CreateFlowLogsCommandOutput>> = {
  permissions: (_input, context) => [onResource('CreateFlowLogs', 'vpc-flow-log', '*', context)],
  handle: (input, context) => {
    const { ResourceIds = [], ResourceType, LogDestinationType: destination = 'cloud-watch-logs', TrafficType } = input;
    const kind = ResourceType === undefined ? undefined : KINDS[ResourceType as keyof typeof KINDS];
    if (kind === undefined) throw invalidParameterValue('The sandbox logs VPC, Subnet and NetworkInterface only.');
    if (TrafficType === undefined) throw missingParameter('The request must contain the parameter TrafficType');
    if (destination === 'cloud-watch-logs' && input.LogGroupName === undefined) {
      throw missingParameter('LogGroupName is required for the destination cloud-watch-logs');
    }
    const FlowLogIds = ResourceIds.map((resourceId) => {
      findResource(resourceId, ResourceType as keyof typeof KINDS, context);
      const flowLogId = context.world.id('fl-', 17);
      const flowLog: FlowLog = {
        flowLogId,
        resourceId,
        trafficType: TrafficType,
        destination,
        createdMillis: context.world.clock.now(),
        format: input.LogFormat ?? DEFAULT_FORMAT,
        tags: readTagSpecifications(input.TagSpecifications, 'vpc-flow-log'),
        ...(input.LogGroupName === undefined ? {} : { logGroup: input.LogGroupName }),
        ...(input.LogDestination === undefined ? {} : { logDestination: input.LogDestination }),
        ...(input.DeliverCrossAccountRole === undefined ? {} : { crossAccountRole: input.DeliverCrossAccountRole }),
      };
      if ([...context.state.flowLogs.values()].some((each) => isSame(each, flowLog))) {
        throw new AwsError('FlowLogAlreadyExists', 'There is an existing Flow Log with the same configuration.');
      }
      context.state.flowLogs.set(flowLogId, flowLog);
      return flowLogId;
    });
    return { FlowLogIds, Unsuccessful: [] };
  },
};

export const describeFlowLogs: Ec2Operation<DescribeFlowLogsCommandInput, Answer<DescribeFlowLogsCommandOutput>> = {
  permissions: onEverything('DescribeFlowLogs'),
  handle: (input, context) => {
    const all = [...context.state.flowLogs.values()].filter(
      ({ flowLogId }) => input.FlowLogIds === undefined || input.FlowLogIds.includes(flowLogId),
    );
    const found = all.filter((log) =>
      matchesFilters(
        input.Filter,
        {
          'flow-log-id': [log.flowLogId],
          'resource-id': [log.resourceId],
          'log-group-name': log.logGroup === undefined ? [] : [log.logGroup],
          'log-destination-type': [log.destination],
          'traffic-type': [log.trafficType],
        },
        log.tags,
      ),
    );
    const { items, nextToken } = toPage(found, input, { least: 1, most: 1000 });
    return { FlowLogs: items.map(toView), ...nextToken };
  },
};

/** @throws AwsError */
function findResource(id: string, type: keyof typeof KINDS, { state }: Ec2Context): void {
  if (type === 'VPC') findById(KINDS.VPC, state.vpcs, id);
  else if (type === 'Subnet') findById(KINDS.Subnet, state.subnets, id);
  else findById(KINDS.NetworkInterface, state.networkInterfaces, id);
}

function isSame(one: FlowLog, other: FlowLog): boolean {
  return (['resourceId', 'trafficType', 'destination', 'logGroup', 'logDestination'] as const).every(
    (key) => one[key] === other[key],
  );
}

function toView(log: FlowLog): FlowLogView {
  return {
    FlowLogId: log.flowLogId,
    FlowLogStatus: 'ACTIVE',
    ResourceId: log.resourceId,
    TrafficType: log.trafficType as NonNullable<FlowLogView['TrafficType']>,
    LogDestinationType: log.destination as NonNullable<FlowLogView['LogDestinationType']>,
    LogFormat: log.format,
    CreationTime: new Date(log.createdMillis),
    DeliverLogsStatus: 'SUCCESS',
    MaxAggregationInterval: 600,
    ...(log.logGroup === undefined ? {} : { LogGroupName: log.logGroup }),
    ...(log.logDestination === undefined ? {} : { LogDestination: log.logDestination }),
    ...(log.crossAccountRole === undefined ? {} : { DeliverCrossAccountRole: log.crossAccountRole }),
    Tags: toTagList(log.tags),
  };
}
