import type {
  DescribeSecurityGroupRulesCommandInput,
  DescribeSecurityGroupRulesCommandOutput,
  ModifySecurityGroupRulesCommandInput,
  ModifySecurityGroupRulesCommandOutput,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2';
import { checkNotThere } from './authorize-rules';
import { toCanonicalCidr } from './cidr';
import { checkDescription } from './descriptions';
import { invalidCombination, invalidParameterValue, missingParameter } from './ec2-errors';
import { findRule, ID_KINDS, missing } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { findGroup } from './find-group';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onGroup, onResource } from './permissions';
import { readProtocolAndPorts } from './protocol-and-ports';
import { toGroupPeer, toPrefixListPeer } from './read-permissions';
import { checkRuleQuota } from './rule-quota';
import { toRuleView } from './rule-view';
import type { Peer, SecurityGroup, SecurityGroupRule } from './security-group';

export const describeSecurityGroupRules: Ec2Operation<
  DescribeSecurityGroupRulesCommandInput,
  Answer<DescribeSecurityGroupRulesCommandOutput>
> = {
  permissions: onEverything('DescribeSecurityGroupRules'),
  handle: (input, context) => {
    const { SecurityGroupRuleIds: ids = [], Filters } = input;
    if (ids.length > 0 && input.MaxResults !== undefined) {
      throw invalidCombination('The parameter securityGroupRuleIds cannot be used with the parameter maxResults');
    }
    for (const id of ids) findRule(context.state, id);
    const views = [...context.state.groups.values()].flatMap((group) =>
      group.rules
        .filter((rule) => ids.length === 0 || ids.includes(rule.ruleId))
        .filter((rule) =>
          matchesFilters(Filters, { 'group-id': [group.groupId], 'security-group-rule-id': [rule.ruleId] }, rule.tags),
        )
        .map((rule) => toRuleView(group, rule, context)),
    );
    const { items, nextToken } = toPage(views, input, { least: 5, most: 1000 });
    return { SecurityGroupRules: items, ...nextToken };
  },
};

/** Replaces what the rules let through; ids, tags and places stay. All change or none. */
export const modifySecurityGroupRules: Ec2Operation<
  ModifySecurityGroupRulesCommandInput,
  Answer<ModifySecurityGroupRulesCommandOutput>
> = {
  permissions: ({ GroupId = '', SecurityGroupRules = [] }, context) => [
    onGroup('ModifySecurityGroupRules', GroupId, context),
    ...SecurityGroupRules.map(({ SecurityGroupRuleId = '' }) => {
      const rule = context.state.groups.get(GroupId)?.rules.find(({ ruleId }) => ruleId === SecurityGroupRuleId);
      return onResource('ModifySecurityGroupRules', 'security-group-rule', SecurityGroupRuleId, context, rule?.tags);
    }),
  ],
  handle: ({ GroupId, SecurityGroupRules = [] }, context) => {
    const group = findGroup({ GroupId }, context.state);
    let rules = group.rules;
    for (const { SecurityGroupRuleId = '', SecurityGroupRule = {} } of SecurityGroupRules) {
      const old = rules.find(({ ruleId }) => ruleId === SecurityGroupRuleId);
      if (!old) throw missing(ID_KINDS.rule, SecurityGroupRuleId);
      const changed = { ...old, ...readRuleRequest(SecurityGroupRule, group, context) };
      checkSameKind(old, changed);
      checkNotThere(
        changed,
        old.isEgress,
        rules.filter((rule) => rule !== old),
      );
      rules = rules.map((rule): SecurityGroupRule => (rule === old ? changed : rule));
    }
    checkRuleQuota(rules, context.state);
    group.rules = rules;
    return { Return: true };
  },
};

/**
 * A rule keeps the kind of its peer:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html
 */
function checkSameKind({ ruleId, peer: { kind } }: SecurityGroupRule, changed: Pick<SecurityGroupRule, 'peer'>): void {
  if (kind === changed.peer.kind) return;
  throw invalidParameterValue(
    `Invalid rule type for security group rule '${ruleId}'. ` +
      `You may not specify a ${changed.peer.kind} for an existing ${kind} rule.`,
  );
}

function readRuleRequest(
  request: SecurityGroupRuleRequest,
  group: SecurityGroup,
  context: Ec2Context,
): Pick<SecurityGroupRule, 'protocol' | 'fromPort' | 'toPort' | 'peer' | 'description'> {
  const traffic = readProtocolAndPorts(request);
  const namesPorts = [request.FromPort, request.ToPort].some((port) => port !== undefined && port !== -1);
  // Authorizing passes over such ports; changing does not.
  if (traffic.protocol === '-1' && namesPorts) {
    throw invalidParameterValue(
      'You may not specify all protocols and specific ports. Please specify each protocol and port range combination ' +
        'individually, or all protocols and no port range.',
    );
  }
  return {
    ...traffic,
    peer: readPeer(request, group, context),
    description: checkDescription(request.Description),
  };
}

function readPeer(request: SecurityGroupRuleRequest, group: SecurityGroup, context: Ec2Context): Peer {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } = request;
  const named = [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId].filter((value) => value !== undefined);
  if (named.length === 0) {
    throw missingParameter(
      'The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId',
    );
  }
  if (named.length > 1) {
    throw invalidCombination('Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified');
  }
  if (CidrIpv4 !== undefined) return { kind: 'ipv4', cidr: toCanonicalCidr(CidrIpv4, 'ipv4') };
  if (CidrIpv6 !== undefined) return { kind: 'ipv6', cidr: toCanonicalCidr(CidrIpv6, 'ipv6') };
  if (PrefixListId !== undefined) return toPrefixListPeer(PrefixListId, context);
  return toGroupPeer({ GroupId: ReferencedGroupId }, group, context);
}
