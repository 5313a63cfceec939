import type { SecurityGroupRule } from '@aws-sdk/client-ec2';

/** `tcp 22 from 10.0.0.0/8`: how scenarios write what is open, and what people compare. */
export function renderRule(rule: SecurityGroupRule): string {
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? 'nowhere';
  return `${protocolText(rule)} from ${source}`;
}

function protocolText(rule: SecurityGroupRule): string {
  if (rule.IpProtocol === '-1') return 'all traffic';
  const from = String(rule.FromPort ?? -1);
  const to = String(rule.ToPort ?? -1);
  return `${rule.IpProtocol ?? '?'} ${from === to ? from : `${from}-${to}`}`;
}
