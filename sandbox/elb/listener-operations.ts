import type {
  Action,
  CreateListenerCommandInput,
  CreateListenerCommandOutput,
  CreateRuleCommandInput,
  CreateRuleCommandOutput,
  DescribeListenersCommandInput,
  DescribeListenersCommandOutput,
  Listener as ListenerView,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../runtime/aws-error';
import type { Answer } from '../ec2/ec2-operation';
import { toPage, validationError, type ElbContext, type ElbOperation } from './elb-operation';
import type { ListenerState } from './elb-state';
import { findGroup } from './target-group-operations';

/** Certificates and policies are left out. */
export const createListener: ElbOperation<CreateListenerCommandInput, Answer<CreateListenerCommandOutput>> = {
  resource: ({ LoadBalancerArn = '' }) => LoadBalancerArn,
  handle: (input, context) => {
    const { LoadBalancerArn = '', Protocol: protocol, Port: port, DefaultActions = [] } = input;
    const { state, world } = context;
    checkBalancer(LoadBalancerArn, context);
    checkActions(DefaultActions, context);
    const others = [...state.listeners.values()].filter(({ loadBalancerArn }) => loadBalancerArn === LoadBalancerArn);
    if (port !== undefined && others.some((each) => each.port === port)) {
      throw new AwsError('DuplicateListenerException', 'A listener already exists on this port for this load balancer');
    }
    const arn = `${LoadBalancerArn.replace(':loadbalancer/', ':listener/')}/${world.id('', 16)}`;
    const made: ListenerState = {
      arn,
      loadBalancerArn: LoadBalancerArn,
      protocol,
      port,
      actions: DefaultActions,
      rules: [],
    };
    state.listeners.set(arn, made);
    return { Listeners: [toView(made)] };
  },
};

/** What it is about, its conditions, is not kept: nothing is sent through the sandbox's load balancers. */
export const createRule: ElbOperation<CreateRuleCommandInput, Answer<CreateRuleCommandOutput>> = {
  resource: ({ ListenerArn = '' }) => ListenerArn,
  handle: ({ ListenerArn = '', Priority = 1, Actions = [] }, context) => {
    const listener = context.state.listeners.get(ListenerArn);
    if (!listener) throw new AwsError('ListenerNotFoundException', 'One or more listeners not found');
    checkActions(Actions, context);
    if (listener.rules.some(({ priority }) => priority === Priority)) {
      throw new AwsError('PriorityInUseException', `Priority '${Priority}' is currently in use`);
    }
    const arn = `${ListenerArn.replace(':listener/', ':listener-rule/')}/${context.world.id('', 16)}`;
    listener.rules.push({ arn, priority: Priority, actions: Actions });
    return { Rules: [{ RuleArn: arn, Priority: String(Priority), Actions, IsDefault: false }] };
  },
};

export const describeListeners: ElbOperation<DescribeListenersCommandInput, Answer<DescribeListenersCommandOutput>> = {
  resource: () => '*',
  handle: (input, context) => {
    const { LoadBalancerArn, ListenerArns } = input;
    if (LoadBalancerArn === undefined && ListenerArns === undefined) {
      throw validationError('You must specify either listener ARNs or a load balancer ARN');
    }
    if (LoadBalancerArn !== undefined) checkBalancer(LoadBalancerArn, context);
    const asked = [...context.state.listeners.values()].filter(
      ({ arn, loadBalancerArn }) => loadBalancerArn === LoadBalancerArn || ListenerArns?.includes(arn) === true,
    );
    const { items, ...marker } = toPage(asked, input);
    return { Listeners: items.map(toView), ...marker };
  },
};

function checkBalancer(arn: string, { state }: ElbContext): void {
  if (state.loadBalancers.has(arn)) return;
  throw new AwsError('LoadBalancerNotFoundException', 'One or more load balancers not found');
}

function checkActions(actions: readonly Action[], { state }: ElbContext): void {
  for (const { TargetGroupArn, ForwardConfig } of actions) {
    const named = (ForwardConfig?.TargetGroups ?? []).flatMap((each) => each.TargetGroupArn ?? []);
    for (const arn of [...(TargetGroupArn === undefined ? [] : [TargetGroupArn]), ...named]) findGroup(state, arn);
  }
}

function toView({ arn, loadBalancerArn, protocol, port, actions }: ListenerState): ListenerView {
  return {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancerArn,
    ...(protocol === undefined ? {} : { Protocol: protocol }),
    ...(port === undefined ? {} : { Port: port }),
    DefaultActions: [...actions],
  };
}
