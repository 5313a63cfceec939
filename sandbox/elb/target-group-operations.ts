import type {
  CreateTargetGroupCommandInput,
  CreateTargetGroupCommandOutput,
  DeregisterTargetsCommandInput,
  DescribeTargetGroupAttributesCommandInput,
  DescribeTargetGroupAttributesCommandOutput,
  DescribeTargetGroupsCommandInput,
  DescribeTargetGroupsCommandOutput,
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
  ModifyTargetGroupAttributesCommandInput,
  ModifyTargetGroupAttributesCommandOutput,
  RegisterTargetsCommandInput,
  TargetGroup as TargetGroupView,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../runtime/aws-error';
import type { Answer } from '../ec2/ec2-operation';
import { toArn, toPage, validationError, type ElbContext, type ElbOperation } from './elb-operation';
import type { ElbState, TargetGroup } from './elb-state';

/** Health checks and tags are left out. */
export const createTargetGroup: ElbOperation<CreateTargetGroupCommandInput, Answer<CreateTargetGroupCommandOutput>> = {
  resource: ({ Name = '' }, context) => toArn(context, `targetgroup/${Name}/*`),
  handle: (input, context) => {
    const { Name: name = '', TargetType: targetType = 'instance', Protocol: protocol, Port: port, VpcId } = input;
    const { state, world } = context;
    if ([...state.targetGroups.values()].some((each) => each.name === name)) {
      throw new AwsError('DuplicateTargetGroupNameException', `A target group with the name '${name}' exists`);
    }
    if (targetType !== 'lambda' && (protocol === undefined || port === undefined || VpcId === undefined)) {
      throw validationError('A protocol, port and VPC must be specified');
    }
    const arn = toArn(context, `targetgroup/${name}/${world.id('', 16)}`);
    const made: TargetGroup = {
      ...{ arn, name, protocol, port, vpcId: VpcId, targetType },
      ipAddressType: targetType === 'lambda' ? undefined : (input.IpAddressType ?? 'ipv4'),
      targets: [],
      attributes: new Map(attributesOf(targetType, protocol)),
    };
    state.targetGroups.set(arn, made);
    return { TargetGroups: [toView(made, context)] };
  },
};

/**
 * What may be changed of whom targets see:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function attributesOf(targetType: string, protocol: string | undefined): readonly (readonly [string, string])[] {
  const delay = ['deregistration_delay.timeout_seconds', '300'] as const;
  const isOfNetwork = protocol !== undefined && !protocol.startsWith('HTTP') && protocol !== 'GENEVE';
  if (!isOfNetwork) return [delay];
  const keeps = targetType !== 'ip' || !/^(TCP|TLS)$/.test(protocol);
  return [delay, ['preserve_client_ip.enabled', String(keeps)]];
}

export const describeTargetGroups: ElbOperation<
  DescribeTargetGroupsCommandInput,
  Answer<DescribeTargetGroupsCommandOutput>
> = {
  resource: () => '*',
  handle: (input, context) => {
    const { TargetGroupArns: arns, Names: names, LoadBalancerArn: balancer } = input;
    for (const arn of arns ?? []) findGroup(context.state, arn);
    const asked = [...context.state.targetGroups.values()].filter(
      ({ arn, name }) =>
        (arns?.includes(arn) ?? true) &&
        (names?.includes(name) ?? true) &&
        (balancer === undefined || balancersOf(arn, context.state).includes(balancer)),
    );
    const { items, ...marker } = toPage(asked, input);
    return { TargetGroups: items.map((each) => toView(each, context)), ...marker };
  },
};

export const registerTargets: ElbOperation<RegisterTargetsCommandInput, object> = {
  resource: ({ TargetGroupArn = '' }) => TargetGroupArn,
  handle: ({ TargetGroupArn = '', Targets = [] }, { state }) => {
    const group = findGroup(state, TargetGroupArn);
    for (const { Id, Port = group.port, AvailabilityZone } of Targets) {
      if (group.targetType === 'alb' && !state.loadBalancers.has(Id ?? '')) {
        throw new AwsError('InvalidTargetException', `The following targets are not load balancers: '${Id ?? ''}'`);
      }
      const isThere = group.targets.some((each) => each.Id === Id && each.Port === Port);
      if (!isThere) group.targets.push({ Id, Port, ...(AvailabilityZone === undefined ? {} : { AvailabilityZone }) });
    }
    return {};
  },
};

export const deregisterTargets: ElbOperation<DeregisterTargetsCommandInput, object> = {
  resource: ({ TargetGroupArn = '' }) => TargetGroupArn,
  handle: ({ TargetGroupArn = '', Targets = [] }, { state }) => {
    const { targets } = findGroup(state, TargetGroupArn);
    const left = targets.filter(
      (each) => !Targets.some(({ Id, Port }) => Id === each.Id && (Port === undefined || Port === each.Port)),
    );
    targets.splice(0, targets.length, ...left);
    return {};
  },
};

/** Targets are healthy where a load balancer sends to them: nothing checks them. */
export const describeTargetHealth: ElbOperation<
  DescribeTargetHealthCommandInput,
  Answer<DescribeTargetHealthCommandOutput>
> = {
  resource: () => '*',
  handle: ({ TargetGroupArn = '', Targets }, { state }) => {
    const group = findGroup(state, TargetGroupArn);
    const isUsed = balancersOf(TargetGroupArn, state).length > 0;
    const TargetHealth = isUsed
      ? ({ State: 'healthy' } as const)
      : ({ State: 'unused', Reason: 'Target.NotInUse' } as const);
    return {
      TargetHealthDescriptions: group.targets
        .filter(({ Id }) => Targets?.some((asked) => asked.Id === Id) ?? true)
        .map((Target) => ({ Target, TargetHealth, HealthCheckPort: String(Target.Port ?? 'traffic-port') })),
    };
  },
};

export const describeTargetGroupAttributes: ElbOperation<
  DescribeTargetGroupAttributesCommandInput,
  Answer<DescribeTargetGroupAttributesCommandOutput>
> = {
  resource: () => '*',
  handle: ({ TargetGroupArn = '' }, { state }) => ({ Attributes: attributeList(findGroup(state, TargetGroupArn)) }),
};

export const modifyTargetGroupAttributes: ElbOperation<
  ModifyTargetGroupAttributesCommandInput,
  Answer<ModifyTargetGroupAttributesCommandOutput>
> = {
  resource: ({ TargetGroupArn = '' }) => TargetGroupArn,
  handle: ({ TargetGroupArn = '', Attributes = [] }, { state }) => {
    const group = findGroup(state, TargetGroupArn);
    for (const { Key = '', Value = '' } of Attributes) {
      const isFixed = Key === 'preserve_client_ip.enabled' && !/^(TCP|TLS)$/.test(group.protocol ?? '');
      if (!group.attributes.has(Key) || isFixed) {
        throw new AwsError('InvalidConfigurationRequestException', `Target group attribute key '${Key}' cannot be set`);
      }
      group.attributes.set(Key, Value);
    }
    return { Attributes: attributeList(group) };
  },
};

function attributeList({ attributes }: TargetGroup) {
  return [...attributes].map(([Key, Value]) => ({ Key, Value }));
}

/** @throws AwsError TargetGroupNotFound */
export function findGroup(state: ElbState, arn: string): TargetGroup {
  const found = state.targetGroups.get(arn);
  if (found === undefined) throw new AwsError('TargetGroupNotFoundException', 'One or more target groups not found');
  return found;
}

/** Load balancers with a listener or rule that sends to a target group. */
function balancersOf(arn: string, { listeners }: ElbState): readonly string[] {
  const sending = [...listeners.values()].filter(({ actions, rules }) =>
    [...actions, ...rules.flatMap((rule) => rule.actions)].some(
      ({ TargetGroupArn, ForwardConfig }) =>
        TargetGroupArn === arn || (ForwardConfig?.TargetGroups ?? []).some((each) => each.TargetGroupArn === arn),
    ),
  );
  return [...new Set(sending.map(({ loadBalancerArn }) => loadBalancerArn))];
}

function toView(one: TargetGroup, { state }: ElbContext): TargetGroupView {
  return {
    TargetGroupArn: one.arn,
    TargetGroupName: one.name,
    ...(one.protocol === undefined ? {} : { Protocol: one.protocol }),
    ...(one.port === undefined ? {} : { Port: one.port }),
    ...(one.vpcId === undefined ? {} : { VpcId: one.vpcId }),
    TargetType: one.targetType,
    ...(one.ipAddressType === undefined ? {} : { IpAddressType: one.ipAddressType }),
    LoadBalancerArns: [...balancersOf(one.arn, state)],
  };
}
