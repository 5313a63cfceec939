import { AwsError } from '../runtime/aws-error';
import type { Ec2State } from './ec2-state';
import type { SecurityGroupRule } from './security-group';

/** @throws AwsError RulesPerSecurityGroupLimitExceeded */
export function checkRuleQuota(rules: readonly SecurityGroupRule[], state: Ec2State): void {
  for (const isEgress of [false, true]) {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const weights = rules
        .filter((rule) => rule.isEgress === isEgress)
        .map(({ peer }) => {
          if (peer.kind === 'group') return 1;
          if (peer.kind !== 'prefix-list') return peer.kind === family ? 1 : 0;
          const list = state.prefixLists.get(peer.prefixListId);
          return list?.family === family ? list.maxEntries : 0;
        });
      if (weights.reduce((sum, weight) => sum + weight, 0) > state.quotas.rulesPerGroup) {
        throw new AwsError(
          'RulesPerSecurityGroupLimitExceeded',
          'The maximum number of rules per security group has been reached.',
        );
      }
    }
  }
}
