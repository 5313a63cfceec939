import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { balancerName, type BalancerSeen, type BalancerTarget, type Sending } from '../../core/context/balancer';
import { isSameAddress } from '../../core/context/reach/addresses';
import type { InterfaceSeen } from '../../core/context/interface-seen';
import { failure, success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { inChunks } from '../in-chunks';
import type { BalancerFacts, ListenerFacts, RegisteredTarget, TargetGroupFacts } from './balancer-facts';
import { protocolsOf } from './balancer-facts';
import { fetchListeners, fetchLoadBalancers } from './fetch-load-balancers';
import { fetchKeepsClient, fetchTargetGroups, fetchTargets } from './fetch-target-groups';

/** A call each: what there are more of is not queried. */
const MOST_TARGET_GROUPS = 50;

/** Calls beside each other: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/throttling.html */
const AT_ONCE = 5;

type Found = Omit<BalancerSeen, 'rules'>;

interface Hit {
  readonly group: TargetGroupFacts;
  readonly targets: readonly RegisteredTarget[];
}

/**
 * Application, network and gateway load balancers in the VPCs of some interfaces, with what they send there. Those that
 * face the internet are queried first, then those that these send to.
 *
 * @param facing names of those that face the internet
 */
export async function fetchSendings(
  client: ElasticLoadBalancingV2Client,
  own: readonly InterfaceSeen[],
  nodes: readonly InterfaceSeen[],
  facing: readonly string[],
): PortResult<readonly Found[]> {
  const [all, groups] = await Promise.all([fetchLoadBalancers(client), fetchTargetGroups(client)]);
  if (!all.ok) return all;
  if (!groups.ok) return groups;
  const vpcIds = new Set(own.map(({ vpcId }) => vpcId));
  const balancers = all.value.filter(({ vpcId }) => vpcIds.has(vpcId));
  const hits: Hit[] = [];
  const queried = new Set<string>();
  let next = balancers.filter(({ name }) => facing.includes(name));
  while (next.length > 0) {
    for (const { name } of next) queried.add(name);
    const arns = next.map(({ arn }) => arn);
    const theirs = groups.value.filter(({ balancerArns }) => balancerArns.some((arn) => arns.includes(arn)));
    const found = await fetchHits(client, theirs, hits.length, [...own, ...nodes]);
    if (!found.ok) return found;
    hits.push(...found.value);
    const reached = new Set(found.value.flatMap(({ targets }) => targets.flatMap(({ to }) => namesOf(to, nodes))));
    next = balancers.filter(({ name }) => reached.has(name) && !queried.has(name));
  }
  const read: Found[] = [];
  for (const balancer of balancers) {
    const own_ = hits.filter(({ group }) => group.balancerArns.includes(balancer.arn));
    const sendings = await toSendings(client, balancer, own_);
    if (!sendings.ok) return sendings;
    const { name, scheme, groupIds } = balancer;
    read.push({ name, scheme, groupIds, sendings: sendings.value });
  }
  return success(read);
}

/** Target groups that send to some interfaces. */
async function fetchHits(
  client: ElasticLoadBalancingV2Client,
  groups: readonly TargetGroupFacts[],
  before: number,
  interfaces: readonly InterfaceSeen[],
): PortResult<readonly Hit[]> {
  if (before + groups.length > MOST_TARGET_GROUPS) {
    const cause = `they have more than ${String(MOST_TARGET_GROUPS)} target groups`;
    return failure({ code: 'unknown', retryable: false, cause });
  }
  const hits: Hit[] = [];
  for (const chunk of inChunks(groups, AT_ONCE)) {
    const read = await Promise.all(
      chunk.map(async (group) => ({ group, registered: await fetchTargets(client, group) })),
    );
    for (const { group, registered } of read) {
      if (!registered.ok) return registered;
      const targets = registered.value.filter(({ to }) => interfaces.some((each) => isAt(to, each)));
      if (targets.length > 0) hits.push({ group, targets });
    }
  }
  return success(hits);
}

/** Whether a target is an interface. Addresses of IPv6 are spelt in more than one way. */
function isAt(to: BalancerTarget, { instanceId, vpcId, privateIps, description }: InterfaceSeen): boolean {
  switch (to.kind) {
    case 'instance':
      return instanceId === to.id;
    case 'ip':
      return vpcId === to.vpcId && privateIps.some((ip) => isSameAddress(ip, to.address));
    case 'load-balancer':
      return balancerName(description) === to.name;
  }
}

function namesOf(to: BalancerTarget, nodes: readonly InterfaceSeen[]): readonly string[] {
  return nodes.filter((node) => isAt(to, node)).flatMap(({ description }) => balancerName(description) ?? []);
}

async function toSendings(
  client: ElasticLoadBalancingV2Client,
  { arn, type }: BalancerFacts,
  hits: readonly Hit[],
): PortResult<readonly Sending[]> {
  if (hits.length === 0) return success([]);
  const byEndpoints = type === 'gateway' ? ({ byEndpoints: true } as const) : {};
  const listeners = type === 'gateway' ? success([]) : await fetchListeners(client, arn);
  if (!listeners.ok) return listeners;
  const sendings: Sending[] = [];
  for (const { group, targets } of hits) {
    const keepsClient = type === 'network' ? await fetchKeepsClient(client, group) : success(false);
    if (!keepsClient.ok) return keepsClient;
    const { family, protocol } = group;
    for (const { to, port } of targets) {
      sendings.push({
        ...{ to, port, family, protocols: protocolsOf(protocol), keepsClient: keepsClient.value },
        listeners: toListeners(listeners.value, group, type),
        ...byEndpoints,
      });
    }
  }
  return success(sendings);
}

/** Rules are not read: one of any listener of an Application Load Balancer may send to a target group. */
function toListeners(listeners: readonly ListenerFacts[], { arn }: TargetGroupFacts, type: BalancerFacts['type']) {
  const all = listeners.map(({ port, protocols, targetGroupArns }) => {
    return { port, protocols, isSure: targetGroupArns.includes(arn) };
  });
  return type === 'application' ? all : all.filter(({ isSure }) => isSure);
}
