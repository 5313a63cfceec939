import type { FilterValues } from './filters';
import type { Peer, SecurityGroup, SecurityGroupRule } from './security-group';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html (Filter.N) */
export function toGroupFilterValues(group: SecurityGroup, account: string): FilterValues {
  return {
    'group-id': [group.groupId],
    'group-name': [group.groupName],
    description: [group.description],
    'vpc-id': [group.vpcId],
    'owner-id': [account],
    ...toRuleFilterValues(
      'ip-permission',
      group.rules.filter(({ isEgress }) => !isEgress),
    ),
    ...toRuleFilterValues(
      'egress.ip-permission',
      group.rules.filter(({ isEgress }) => isEgress),
    ),
  };
}

function toRuleFilterValues(prefix: string, rules: readonly SecurityGroupRule[]): FilterValues {
  const peers = rules.map(({ peer }) => peer);
  return {
    [`${prefix}.cidr`]: cidrs(peers, 'ipv4'),
    [`${prefix}.ipv6-cidr`]: cidrs(peers, 'ipv6'),
    [`${prefix}.prefix-list-id`]: peers.flatMap((peer) => (peer.kind === 'prefix-list' ? [peer.prefixListId] : [])),
    [`${prefix}.group-id`]: peers.flatMap((peer) => (peer.kind === 'group' ? [peer.groupId] : [])),
    [`${prefix}.protocol`]: rules.map(({ protocol }) => protocol),
    [`${prefix}.from-port`]: rules.map(({ fromPort }) => String(fromPort)),
    [`${prefix}.to-port`]: rules.map(({ toPort }) => String(toPort)),
  };
}

function cidrs(peers: readonly Peer[], family: 'ipv4' | 'ipv6'): string[] {
  return peers.flatMap((peer) => (peer.kind === family ? [peer.cidr] : []));
}
