import type {
  AuthorizeSecurityGroupIngressRequest,
  CreateNetworkAclEntryRequest,
  IpPermission,
  ModifySecurityGroupRulesRequest,
} from '@aws-sdk/client-ec2';

/** How CloudTrail writes the parameters of each call that it reports here: names in lower case, lists in `items`. */
export const REQUEST_PARAMETERS: Readonly<Record<string, (input: object) => object>> = {
  AuthorizeSecurityGroupIngress: toRules,
  AuthorizeSecurityGroupEgress: toRules,
  RevokeSecurityGroupIngress: toRules,
  RevokeSecurityGroupEgress: toRules,
  ModifySecurityGroupRules: toModification,
  CreateSecurityGroup: lowerFirst,
  DeleteSecurityGroup: lowerFirst,
  // A younger call: its parameters are in one member, with the names as they are sent.
  AssociateSecurityGroupVpc: (input) => ({ AssociateSecurityGroupVpcRequest: input }),
  CreateNetworkAclEntry: toEntry,
  ReplaceNetworkAclEntry: toEntry,
  DeleteNetworkAclEntry: lowerFirst,
  DeleteNetworkAcl: lowerFirst,
};

/** Flat parameters stay beside an `ipPermissions` that is empty. */
function toRules(input: Partial<AuthorizeSecurityGroupIngressRequest>): object {
  const { GroupId, GroupName, IpPermissions, CidrIp, IpProtocol, FromPort, ToPort } = input;
  return defined({
    groupId: GroupId,
    groupName: GroupName,
    ipPermissions: IpPermissions ? { items: IpPermissions.map(toPermission) } : {},
    cidrIp: CidrIp,
    ipProtocol: IpProtocol,
    fromPort: FromPort,
    toPort: ToPort,
  });
}

function toPermission({
  IpProtocol,
  FromPort,
  ToPort,
  IpRanges,
  Ipv6Ranges,
  PrefixListIds,
  UserIdGroupPairs,
}: IpPermission) {
  return defined({
    ipProtocol: IpProtocol,
    fromPort: FromPort,
    toPort: ToPort,
    groups: toItems(UserIdGroupPairs),
    ipRanges: toItems(IpRanges),
    ipv6Ranges: toItems(Ipv6Ranges),
    prefixListIds: toItems(PrefixListIds),
  });
}

function toItems(list: readonly object[] = []): object {
  return list.length === 0 ? {} : { items: list.map(lowerFirst) };
}

/** Names stay as they are sent; one rule is an object, several are a list. */
function toModification({ GroupId, SecurityGroupRules = [] }: Partial<ModifySecurityGroupRulesRequest>): object {
  const rules = SecurityGroupRules.map((rule, index) => ({ ...rule, tag: index + 1 }));
  const [only, ...others] = rules;
  return { ModifySecurityGroupRulesRequest: { GroupId, SecurityGroupRule: others.length === 0 ? only : rules } };
}

function toEntry(input: Partial<CreateNetworkAclEntryRequest>): object {
  const { NetworkAclId, RuleNumber, Egress, RuleAction, Protocol, CidrBlock, Ipv6CidrBlock, PortRange } = input;
  return defined({
    networkAclId: NetworkAclId,
    ruleNumber: RuleNumber,
    egress: Egress,
    ruleAction: RuleAction,
    aclProtocol: Protocol,
    cidrBlock: CidrBlock,
    ipv6CidrBlock: Ipv6CidrBlock,
    portRange: PortRange && { from: PortRange.From, to: PortRange.To },
    icmpTypeCode: {},
  });
}

/** The members of a shape as XML names them: `groupId` for `GroupId`. */
export function lowerFirst(shape: object): object {
  return defined(
    Object.fromEntries(
      Object.entries(shape).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
    ),
  );
}

function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
