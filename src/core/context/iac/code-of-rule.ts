import { isEntry } from '../../network/network-acl-entry';
import type { NetworkAclEntry } from '../../network/network-acl';
import { canonicalProtocol } from '../../network/protocol';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import type { ResourceRule } from '../../ledger/remediation-record';

/**
 * A rule as the source of its owner has it, a line each. Every value stands in quotes of the language, whatever it
 * holds.
 *
 * @param targetId of the group or network ACL, where a rule does not name it itself
 */
export type CodeOf = (rule: ResourceRule, targetId?: string) => readonly string[];

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html
 */
export const toCloudFormation: CodeOf = (rule, targetId) =>
  isEntry(rule)
    ? [
        `Entry${String(rule.RuleNumber)}:`,
        '  Type: AWS::EC2::NetworkAclEntry',
        '  Properties:',
        ...[
          ...yaml(
            ['NetworkAclId', targetId],
            ['RuleNumber', rule.RuleNumber],
            ['Protocol', Number(rule.Protocol)],
            ['RuleAction', rule.RuleAction],
            ['Egress', rule.Egress],
            ['CidrBlock', rule.CidrBlock],
            ['Ipv6CidrBlock', rule.Ipv6CidrBlock],
          ),
          ...(rule.PortRange === undefined
            ? []
            : [`PortRange: { From: ${String(rule.PortRange.From)}, To: ${String(rule.PortRange.To)} }`]),
          ...(rule.IcmpTypeCode === undefined
            ? []
            : [`Icmp: { Type: ${String(rule.IcmpTypeCode.Type)}, Code: ${String(rule.IcmpTypeCode.Code)} }`]),
        ].map((line) => `    ${line}`),
      ]
    : asListItem(
        yaml(
          ['IpProtocol', rule.IpProtocol],
          ['FromPort', portsOf(rule)?.from],
          ['ToPort', portsOf(rule)?.to],
          ['CidrIp', rule.CidrIpv4],
          ['CidrIpv6', rule.CidrIpv6],
          ['SourcePrefixListId', rule.PrefixListId],
          ['SourceSecurityGroupId', rule.ReferencedGroupInfo?.GroupId],
        ),
      );

/**
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroup.html#addwbringresswbrrulepeer-connection-description-remoterule
 */
export const toCdk: CodeOf = (rule) =>
  isEntry(rule)
    ? [
        'networkAcl.addEntry("…", {',
        `  ruleNumber: ${String(rule.RuleNumber)},`,
        `  cidr: ${entryPeer(rule)},`,
        `  traffic: ${entryTraffic(rule)},`,
        `  direction: TrafficDirection.${rule.Egress ? 'EGRESS' : 'INGRESS'},`,
        `  ruleAction: Action.${rule.RuleAction === 'deny' ? 'DENY' : 'ALLOW'},`,
        '})',
      ]
    : [`securityGroup.addIngressRule(${cdkPeer(rule)}, ${cdkPort(rule)})`];

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule */
export const toTerraform: CodeOf = (rule, targetId) =>
  isEntry(rule)
    ? [
        'resource "aws_network_acl_rule" "…" {',
        ...hcl(
          ['network_acl_id', targetId],
          ['rule_number', rule.RuleNumber],
          ['egress', rule.Egress],
          ['protocol', rule.Protocol],
          ['rule_action', rule.RuleAction],
          ['cidr_block', rule.CidrBlock],
          ['ipv6_cidr_block', rule.Ipv6CidrBlock],
          ['from_port', rule.PortRange?.From],
          ['to_port', rule.PortRange?.To],
          ['icmp_type', rule.IcmpTypeCode?.Type],
          ['icmp_code', rule.IcmpTypeCode?.Code],
        ),
        '}',
      ]
    : [
        'resource "aws_vpc_security_group_ingress_rule" "…" {',
        ...hcl(
          ['security_group_id', rule.GroupId ?? targetId],
          ['ip_protocol', rule.IpProtocol],
          ['from_port', portsOf(rule)?.from],
          ['to_port', portsOf(rule)?.to],
          ['cidr_ipv4', rule.CidrIpv4],
          ['cidr_ipv6', rule.CidrIpv6],
          ['prefix_list_id', rule.PrefixListId],
          ['referenced_security_group_id', rule.ReferencedGroupInfo?.GroupId],
        ),
        '}',
      ];

type Field = readonly [name: string, value: string | number | boolean | undefined];

function yaml(...fields: readonly Field[]): readonly string[] {
  return fields.flatMap(([name, value]) => (value === undefined ? [] : `${name}: ${quoted(value)}`));
}

function asListItem(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

function hcl(...fields: readonly Field[]): readonly string[] {
  return fields.flatMap(([name, value]) =>
    value === undefined ? [] : `  ${name} = ${quoted(value).replace(/([$%])\{/g, '$1$1{')}`,
  );
}

/** A text in double quotes, which YAML, TypeScript and HCL read alike. */
function quoted(value: string | number | boolean): string {
  return JSON.stringify(value);
}

/** Missing where the protocol has none. */
function portsOf({ IpProtocol, FromPort, ToPort }: SecurityGroupRule) {
  return canonicalProtocol(IpProtocol) === '-1' || FromPort === undefined || ToPort === undefined
    ? undefined
    : { from: FromPort, to: ToPort };
}

function cdkPeer({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }: SecurityGroupRule): string {
  if (CidrIpv4 !== undefined) return CidrIpv4 === '0.0.0.0/0' ? 'Peer.anyIpv4()' : `Peer.ipv4(${quoted(CidrIpv4)})`;
  if (CidrIpv6 !== undefined) return CidrIpv6 === '::/0' ? 'Peer.anyIpv6()' : `Peer.ipv6(${quoted(CidrIpv6)})`;
  if (PrefixListId !== undefined) return `Peer.prefixList(${quoted(PrefixListId)})`;
  return `Peer.securityGroupId(${quoted(ReferencedGroupInfo?.GroupId ?? '')})`;
}

function cdkPort(rule: SecurityGroupRule): string {
  const protocol = canonicalProtocol(rule.IpProtocol);
  const ports = portsOf(rule);
  if (protocol === '-1') return 'Port.allTraffic()';
  if (ports === undefined || (protocol !== 'tcp' && protocol !== 'udp')) return `/* protocol ${quoted(protocol)} */`;
  if (ports.from === ports.to) return `Port.${protocol}(${String(ports.from)})`;
  return `Port.${protocol}Range(${String(ports.from)}, ${String(ports.to)})`;
}

function entryPeer({ CidrBlock, Ipv6CidrBlock }: NetworkAclEntry): string {
  return CidrBlock === undefined
    ? `AclCidr.ipv6(${quoted(Ipv6CidrBlock ?? '')})`
    : `AclCidr.ipv4(${quoted(CidrBlock)})`;
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.AclTraffic.html */
function entryTraffic({ Protocol, PortRange, IcmpTypeCode }: NetworkAclEntry): string {
  const protocol = canonicalProtocol(Protocol);
  const { From = 0, To = 65_535 } = PortRange ?? {};
  if (protocol === '-1') return 'AclTraffic.allTraffic()';
  if (protocol === 'tcp' || protocol === 'udp') {
    return From === To
      ? `AclTraffic.${protocol}Port(${String(From)})`
      : `AclTraffic.${protocol}PortRange(${String(From)}, ${String(To)})`;
  }
  const { Type = -1, Code = -1 } = IcmpTypeCode ?? {};
  const icmp = `{ type: ${String(Type)}, code: ${String(Code)} }`;
  if (protocol === 'icmp') return `AclTraffic.icmp(${icmp})`;
  return protocol === 'icmpv6' ? `AclTraffic.icmpv6(${icmp})` : `/* protocol ${quoted(protocol)} */`;
}
