import type {
  UpdateSecurityGroupRuleDescriptionsIngressCommandInput,
  UpdateSecurityGroupRuleDescriptionsIngressCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { checkDescription } from './descriptions';
import { invalidCombination, invalidParameterValue } from './ec2-errors';
import { ID_KINDS, missing } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { findGroup, toGroupId } from './find-group';
import { onGroup } from './permissions';
import { readPermissions } from './read-permissions';
import { isSamePermission, type SecurityGroup, type SecurityGroupRule } from './security-group';

type Input = UpdateSecurityGroupRuleDescriptionsIngressCommandInput;

/** Rules are chosen by permission or by id; leaving the description out removes it. */
export function updateDescriptions(
  action: 'UpdateSecurityGroupRuleDescriptionsIngress' | 'UpdateSecurityGroupRuleDescriptionsEgress',
): Ec2Operation<Input, Answer<UpdateSecurityGroupRuleDescriptionsIngressCommandOutput>> {
  const isEgress = action === 'UpdateSecurityGroupRuleDescriptionsEgress';
  return {
    permissions: (input, context) => [onGroup(action, toGroupId(input, context.state), context)],
    handle: (input, context) => {
      const group = findGroup(input, context.state);
      const described = readDescriptions(input, group, isEgress, context);
      group.rules = group.rules.map((rule) =>
        described.has(rule) ? { ...rule, description: described.get(rule) } : rule,
      );
      return { Return: true };
    },
  };
}

function readDescriptions(
  input: Input,
  group: SecurityGroup,
  isEgress: boolean,
  context: Ec2Context,
): ReadonlyMap<SecurityGroupRule, string | undefined> {
  const { SecurityGroupRuleDescriptions: byId = [], IpPermissions: byPermission = [] } = input;
  if (byId.length > 0 && byPermission.length > 0) {
    throw invalidCombination('The parameters securityGroupRuleDescriptions and ipPermissions cannot be used together');
  }
  const rules = group.rules.filter((rule) => rule.isEgress === isEgress);
  if (byId.length > 0) {
    return new Map(
      byId.map(({ SecurityGroupRuleId = '', Description }) => {
        const rule = rules.find(({ ruleId }) => ruleId === SecurityGroupRuleId);
        if (!rule) throw missing(ID_KINDS.rule, SecurityGroupRuleId);
        return [rule, checkDescription(Description)];
      }),
    );
  }
  // https://github.com/hashicorp/terraform-provider-aws/issues/1920 quotes EC2's answer.
  if (byPermission.some(({ IpProtocol, FromPort = -1 }) => IpProtocol === '-1' && FromPort !== -1)) {
    throw invalidParameterValue('When protocol is ALL, you cannot specify from-port.');
  }
  return new Map(
    readPermissions({ IpPermissions: byPermission }, group, context).map((permission) => {
      const rule = rules.find((one) => isSamePermission(one, permission));
      if (!rule) {
        throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
      }
      return [rule, permission.description];
    }),
  );
}
