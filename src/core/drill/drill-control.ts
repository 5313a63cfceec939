import type { NetworkAclEntry } from '../network/network-acl';
import type { SecurityGroupRule } from '../network/security-group-rule';

/**
 * Controls that a drill can open something for. EC2.2 is about default groups, which nobody can make, and what EC2.18
 * lets be public only Security Hub's own findings say.
 */
export const DRILL_CONTROLS = ['EC2.13', 'EC2.14', 'EC2.19', 'EC2.21', 'EC2.53', 'EC2.54'] as const;

export type DrillControl = (typeof DRILL_CONTROLS)[number];

/** What is opened: a rule of a group, or an entry of a network ACL. */
export type Opening =
  | { readonly kind: 'security-group'; readonly rule: SecurityGroupRule }
  | { readonly kind: 'network-acl'; readonly entry: NetworkAclEntry };

const PORTS: Readonly<Record<Exclude<DrillControl, 'EC2.21'>, number>> = {
  'EC2.13': 22,
  'EC2.14': 3389,
  'EC2.19': 5432,
  'EC2.53': 22,
  'EC2.54': 22,
};

/** Exactly one thing that the control forbids. The description makes undoing it pass a list of maps to a runbook. */
export function toOpening(control: DrillControl, drillId: string): Opening {
  if (control === 'EC2.21') {
    const PortRange = { From: 22, To: 22 };
    const entry = {
      RuleNumber: 100,
      Egress: false,
      RuleAction: 'allow',
      Protocol: '6',
      CidrBlock: '0.0.0.0/0',
    } as const;
    return { kind: 'network-acl', entry: { ...entry, PortRange } };
  }
  const port = PORTS[control];
  const source = control === 'EC2.54' ? { CidrIpv6: '::/0' } : { CidrIpv4: '0.0.0.0/0' };
  const rule = { IsEgress: false, IpProtocol: 'tcp', FromPort: port, ToPort: port, ...source, Description: drillId };
  return { kind: 'security-group', rule };
}

/** For people: `tcp 22 from 0.0.0.0/0`. */
export function describeOpening(opening: Opening): string {
  if (opening.kind === 'network-acl') return `entry ${String(opening.entry.RuleNumber)}: tcp 22 from 0.0.0.0/0`;
  const { FromPort, CidrIpv4, CidrIpv6 } = opening.rule;
  return `tcp ${String(FromPort)} from ${CidrIpv4 ?? CidrIpv6 ?? ''}`;
}
