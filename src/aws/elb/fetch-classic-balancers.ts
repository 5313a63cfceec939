import {
  DescribeLoadBalancersCommand,
  type ElasticLoadBalancingClient,
  type Listener,
} from '@aws-sdk/client-elastic-load-balancing';
import type { BalancerSeen, Sending } from '../../core/context/balancer';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { protocolsOf } from './balancer-facts';
import { fetchUpTo } from '../fetch-up-to';

/**
 * Classic load balancers of an account and Region with what they send to some instances, by their own addresses.
 *
 * @param vpcIds only those of these VPCs
 */
export async function fetchClassicBalancers(
  client: ElasticLoadBalancingClient,
  vpcIds: ReadonlySet<string>,
  instanceIds: ReadonlySet<string>,
): PortResult<readonly Omit<BalancerSeen, 'rules'>[]> {
  const described = await fetchUpTo(
    'classic load balancers',
    'elasticloadbalancing:DescribeLoadBalancers',
    async (Marker) => {
      const page = await client.send(new DescribeLoadBalancersCommand({ PageSize: 400, Marker }));
      return { items: page.LoadBalancerDescriptions, nextToken: page.NextMarker };
    },
  );
  if (!described.ok) return described;
  return success(
    described.value
      .filter(({ VPCId }) => vpcIds.has(VPCId ?? ''))
      .map(
        ({ LoadBalancerName: name = '', Scheme, SecurityGroups = [], Instances = [], ListenerDescriptions = [] }) => ({
          name,
          scheme: Scheme === 'internal' ? ('internal' as const) : ('internet-facing' as const),
          groupIds: SecurityGroups,
          sendings: Instances.flatMap(({ InstanceId: id = '' }) =>
            instanceIds.has(id) ? ListenerDescriptions.map((each) => toSending(id, each.Listener)) : [],
          ),
        }),
      ),
  );
}

function toSending(id: string, listener: Listener | undefined): Sending {
  const { Protocol, LoadBalancerPort: port = 0, InstancePort = 0 } = listener ?? {};
  const protocols = protocolsOf(Protocol);
  return {
    to: { kind: 'instance', id },
    port: InstancePort,
    protocols,
    family: 'ipv4',
    keepsClient: false,
    listeners: [{ port, protocols, isSure: true }],
  };
}
