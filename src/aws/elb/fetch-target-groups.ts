import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { BalancerTarget } from '../../core/context/balancer';
import { failure, success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import type { RegisteredTarget, TargetGroupFacts } from './balancer-facts';
import { nameOf } from './fetch-load-balancers';
import { fetchUpTo } from '../fetch-up-to';

/** Target groups of an account and Region that a load balancer sends to. Functions are called, and not sent packets. */
export async function fetchTargetGroups(client: ElasticLoadBalancingV2Client): PortResult<readonly TargetGroupFacts[]> {
  const groups = await fetchUpTo('target groups', 'elasticloadbalancing:DescribeTargetGroups', async (Marker) => {
    const page = await client.send(new DescribeTargetGroupsCommand({ PageSize: 400, Marker }));
    return { items: page.TargetGroups, nextToken: page.NextMarker };
  });
  if (!groups.ok) return groups;
  return success(
    groups.value
      .map((group) => ({
        arn: group.TargetGroupArn ?? '',
        balancerArns: group.LoadBalancerArns ?? [],
        family: group.IpAddressType === 'ipv6' ? ('ipv6' as const) : ('ipv4' as const),
        protocol: group.Protocol ?? '',
        targetType: group.TargetType ?? 'instance',
        vpcId: group.VpcId ?? '',
      }))
      .filter(({ balancerArns, targetType }) => balancerArns.length > 0 && targetType !== 'lambda'),
  );
}

/**
 * What is registered in a target group, whatever its health: that passes, or a load balancer sends to all where none is
 * healthy. What is not in use is in a zone that no load balancer sends to.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export async function fetchTargets(
  client: ElasticLoadBalancingV2Client,
  { arn, targetType, vpcId }: TargetGroupFacts,
): PortResult<readonly RegisteredTarget[]> {
  const described = await attempt('elasticloadbalancing:DescribeTargetHealth', () =>
    client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn })),
  );
  if (!described.ok) return described;
  const { TargetHealthDescriptions: targets } = described.value;
  if (targets === undefined) {
    const cause = 'elasticloadbalancing:DescribeTargetHealth: the answer holds no list';
    return failure({ code: 'unknown', retryable: false, cause });
  }
  return success(
    targets.flatMap(({ Target, TargetHealth }) => {
      const { Id: id = '', Port: port = 0 } = Target ?? {};
      return TargetHealth?.Reason === 'Target.NotInUse' ? [] : [{ to: toTarget(targetType, id, vpcId), port }];
    }),
  );
}

function toTarget(targetType: string, id: string, vpcId: string): BalancerTarget {
  if (targetType === 'alb') return { kind: 'load-balancer', name: nameOf(id) };
  return targetType === 'ip' ? { kind: 'ip', address: id, vpcId } : { kind: 'instance', id };
}

/**
 * Whether targets see the client's address. Only for TCP and TLS can it be set, so that only there is it asked. Of load
 * balancers as targets no page says it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export async function fetchKeepsClient(
  client: ElasticLoadBalancingV2Client,
  { arn, protocol, targetType }: TargetGroupFacts,
): PortResult<boolean | 'perhaps'> {
  if (targetType === 'alb') return success('perhaps' as const);
  if (!/^(TCP|TLS)$/.test(protocol)) return success(true);
  const described = await attempt('elasticloadbalancing:DescribeTargetGroupAttributes', () =>
    client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })),
  );
  if (!described.ok) return described;
  const { Attributes: attributes } = described.value;
  if (attributes === undefined) {
    const cause = 'elasticloadbalancing:DescribeTargetGroupAttributes: the answer holds no list';
    return failure({ code: 'unknown', retryable: false, cause });
  }
  const set = attributes.find(({ Key }) => Key === 'preserve_client_ip.enabled')?.Value;
  return success(set === undefined ? targetType !== 'ip' : set === 'true');
}
