import type {
  RevokeSecurityGroupIngressCommandInput,
  RevokeSecurityGroupIngressCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { invalidCombination } from './ec2-errors';
import { ID_KINDS, missing } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { findGroup, toGroupId } from './find-group';
import { onGroup } from './permissions';
import { type DescribedPermission, readPermissions } from './read-permissions';
import { toIpPermissions, toRevokedView } from './rule-view';
import { isSamePermission, type SecurityGroup, type SecurityGroupRule } from './security-group';

interface Revocation {
  readonly rules: readonly SecurityGroupRule[];
  readonly unknown: readonly DescribedPermission[];
}

/**
 * Removes rules by their ids or by permissions that match them exactly, descriptions aside. Where a permission matches
 * none, the group's VPC decides: a default VPC's group loses the others and the answer names the unknown ones; any
 * other VPC's group stays as it is.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 */
export function revokeRules(
  action: 'RevokeSecurityGroupIngress' | 'RevokeSecurityGroupEgress',
): Ec2Operation<RevokeSecurityGroupIngressCommandInput, Answer<RevokeSecurityGroupIngressCommandOutput>> {
  const isEgress = action === 'RevokeSecurityGroupEgress';
  return {
    permissions: (input, context) => [onGroup(action, toGroupId(input, context.state), context)],
    handle: (input, context) => {
      const group = findGroup(input, context.state);
      const { SecurityGroupRuleIds: ids = [] } = input;
      if (ids.length > 0 && (input.IpPermissions ?? []).length > 0) {
        throw invalidCombination('The parameters securityGroupRuleIds and ipPermissions cannot be used together');
      }
      const revocation = ids.length > 0 ? byIds(ids, group, isEgress) : byPermissions(input, group, isEgress, context);
      group.rules = group.rules.filter((rule) => !revocation.rules.includes(rule));
      return {
        Return: true,
        RevokedSecurityGroupRules: revocation.rules.map((rule) => toRevokedView(group, rule)),
        ...(revocation.unknown.length === 0
          ? {}
          : { UnknownIpPermissions: toIpPermissions(revocation.unknown, context.account) }),
      };
    },
  };
}

function byIds(ids: readonly string[], group: SecurityGroup, isEgress: boolean): Revocation {
  const rules = ids.map((id) => {
    const rule = group.rules.find((one) => one.ruleId === id && one.isEgress === isEgress);
    if (!rule) throw missing(ID_KINDS.rule, id);
    return rule;
  });
  return { rules: [...new Set(rules)], unknown: [] };
}

function byPermissions(
  input: RevokeSecurityGroupIngressCommandInput,
  group: SecurityGroup,
  isEgress: boolean,
  context: Ec2Context,
): Revocation {
  const rules = new Set<SecurityGroupRule>();
  const unknown: DescribedPermission[] = [];
  for (const permission of readPermissions(input, group, context)) {
    const rule = group.rules.find((one) => one.isEgress === isEgress && isSamePermission(one, permission));
    if (rule) rules.add(rule);
    else unknown.push(permission);
  }
  const { unknownPermissions } = context.state.answers;
  const isRefused =
    unknownPermissions === 'by-vpc'
      ? context.state.vpcs.get(group.vpcId)?.isDefault !== true
      : unknownPermissions === 'refused';
  if (unknown.length > 0 && isRefused) {
    throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  }
  return { rules: [...rules], unknown };
}
