import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { balancerName, mayFaceInternet, type BalancerSeen } from '../../core/context/balancer';
import type { InterfaceSeen } from '../../core/context/interface-seen';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { fetchGroupRules } from '../ec2/fetch-group-rules';
import { fetchClassicBalancers } from './fetch-classic-balancers';
import { fetchSendings } from './fetch-sendings';

/** Clients of one member account and Region. */
export interface BalancerReaders {
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly classicElb: ElasticLoadBalancingClient;
}

/**
 * The load balancers in the VPCs of a target's interfaces, with what they send to these interfaces, directly or through
 * each other. Of both kinds only that is asked for of which an interface faces the internet; listeners, and rules of
 * their groups, only of load balancers that send there.
 *
 * @param own the target's interfaces
 * @param nodes interfaces of all load balancers in these VPCs
 */
export async function readBalancers(
  { ec2, elb, classicElb }: BalancerReaders,
  own: readonly InterfaceSeen[],
  nodes: readonly InterfaceSeen[],
): PortResult<readonly BalancerSeen[]> {
  const facing = nodes.filter(mayFaceInternet).flatMap(({ description }) => balancerName(description) ?? []);
  const vpcIds = new Set(own.map(({ vpcId }) => vpcId));
  const instanceIds = new Set(own.flatMap(({ instanceId }) => instanceId ?? []));
  const [newer, classic] = await Promise.all([
    facing.some(isNewer) ? fetchSendings(elb, own, nodes, facing) : success([]),
    facing.every(isNewer) ? success([]) : fetchClassicBalancers(classicElb, vpcIds, instanceIds),
  ]);
  if (!newer.ok) return newer;
  if (!classic.ok) return classic;
  const found = [...newer.value, ...classic.value];
  const groups = new Set(found.flatMap(({ sendings, groupIds }) => (sendings.length > 0 ? groupIds : [])));
  const rules = groups.size === 0 ? success([]) : await fetchGroupRules(ec2, [...groups]);
  if (!rules.ok) return rules;
  return success(
    found.map((balancer) => ({
      ...balancer,
      rules: rules.value.filter(({ GroupId = '' }) => balancer.groupIds.includes(GroupId)),
    })),
  );
}

function isNewer(name: string): boolean {
  return name.includes('/');
}
