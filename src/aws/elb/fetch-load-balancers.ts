import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';
import { fetchUpTo } from '../fetch-up-to';
import { protocolsOf, type BalancerFacts, type ListenerFacts } from './balancer-facts';

/** Application, network and gateway load balancers of an account and Region. */
export function fetchLoadBalancers(client: ElasticLoadBalancingV2Client): PortResult<readonly BalancerFacts[]> {
  return fetchUpTo('load balancers', 'elasticloadbalancing:DescribeLoadBalancers', async (Marker) => {
    const page = await client.send(new DescribeLoadBalancersCommand({ PageSize: 400, Marker }));
    const items = page.LoadBalancers?.map(
      ({ LoadBalancerArn: arn = '', Type: type = 'application', Scheme, VpcId: vpcId = '', SecurityGroups = [] }) => ({
        arn,
        name: nameOf(arn),
        type,
        vpcId,
        scheme: Scheme === 'internal' ? ('internal' as const) : ('internet-facing' as const),
        groupIds: SecurityGroups,
      }),
    );
    return { items, nextToken: page.NextMarker };
  });
}

/** `app/front/50dc6c495c0c9188`, as its interfaces are described. */
export function nameOf(arn: string): string {
  return arn.slice(arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length);
}

/** The listeners of a load balancer, fifty at the most by quota, with where they send what no rule is about. */
export function fetchListeners(
  client: ElasticLoadBalancingV2Client,
  LoadBalancerArn: string,
): PortResult<readonly ListenerFacts[]> {
  return fetchPages('elasticloadbalancing:DescribeListeners', async (Marker) => {
    const page = await client.send(new DescribeListenersCommand({ LoadBalancerArn, Marker }));
    const items = page.Listeners?.map(({ Port: port = 0, Protocol, DefaultActions = [] }) => ({
      port,
      protocols: protocolsOf(Protocol),
      targetGroupArns: DefaultActions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
        ...(TargetGroupArn === undefined ? [] : [TargetGroupArn]),
        ...(ForwardConfig?.TargetGroups ?? []).flatMap((group) => group.TargetGroupArn ?? []),
      ]),
    }));
    return { items, nextToken: page.NextMarker };
  });
}
