import type {
  AuthorizeSecurityGroupIngressCommandInput,
  AuthorizeSecurityGroupIngressCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import type { Answer, Ec2Operation } from './ec2-operation';
import { findGroup, toGroupId } from './find-group';
import { onGroup, onTagging } from './permissions';
import { readPermissions } from './read-permissions';
import { checkRuleQuota } from './rule-quota';
import { toRuleView } from './rule-view';
import { isSamePermission, type Permission, type SecurityGroupRule, toPeerText } from './security-group';
import { readTagSpecifications } from './tags';

/** Adds all rules of the request or none; the tags of the request go to every one of them. */
export function authorizeRules(
  action: 'AuthorizeSecurityGroupIngress' | 'AuthorizeSecurityGroupEgress',
): Ec2Operation<AuthorizeSecurityGroupIngressCommandInput, Answer<AuthorizeSecurityGroupIngressCommandOutput>> {
  return {
    permissions: (input, context) => [
      onGroup(action, toGroupId(input, context.state), context),
      ...onTagging(action, 'security-group-rule', input.TagSpecifications, context),
    ],
    handle: (input, context) => {
      const group = findGroup(input, context.state);
      const tags = readTagSpecifications(input.TagSpecifications, 'security-group-rule');
      const isEgress = action === 'AuthorizeSecurityGroupEgress';
      const rules: SecurityGroupRule[] = [...group.rules];
      for (const permission of readPermissions(input, group, context)) {
        checkNotThere(permission, isEgress, rules);
        rules.push({ ...permission, isEgress, ruleId: context.world.id('sgr-', 17), tags: new Map(tags) });
      }
      checkRuleQuota(rules, context.state);
      const added = rules.slice(group.rules.length);
      group.rules = rules;
      return { Return: true, SecurityGroupRules: added.map((rule) => toRuleView(group, rule, context)) };
    },
  };
}

/** @throws AwsError InvalidPermission.Duplicate */
export function checkNotThere(permission: Permission, isEgress: boolean, rules: readonly SecurityGroupRule[]): void {
  if (!rules.some((rule) => rule.isEgress === isEgress && isSamePermission(rule, permission))) return;
  throw new AwsError('InvalidPermission.Duplicate', `the specified rule "${describe(permission)}" already exists`);
}

function describe({ peer, protocol, fromPort, toPort }: Permission): string {
  const traffic = protocol === '-1' ? 'ALL' : `${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}`;
  return `peer: ${toPeerText(peer)}, ${traffic}, ALLOW`;
}
