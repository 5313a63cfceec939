import type { AddressFamily } from './address-family';
import { renderIcmp } from './icmp';
import type { NetworkAclEntry } from './network-acl';
import { renderPortRange } from './port-set';
import { canonicalProtocol } from './protocol';
import type { SecurityGroupRule } from './security-group-rule';

/** Distinguishes an entry of a network ACL from a rule of a security group. */
export function isEntry(rule: NetworkAclEntry | SecurityGroupRule): rule is NetworkAclEntry {
  return 'RuleNumber' in rule;
}

/** The family of the addresses that an entry is about. */
export function familyOfEntry({ Ipv6CidrBlock }: Pick<NetworkAclEntry, 'Ipv6CidrBlock'>): AddressFamily {
  return Ipv6CidrBlock === undefined ? 'ipv4' : 'ipv6';
}

/** What EC2 distinguishes entries of a network ACL by: each direction has its own numbers. */
export function entryKey({ Egress, RuleNumber }: Pick<NetworkAclEntry, 'Egress' | 'RuleNumber'>): string {
  return `${Egress ? 'out' : 'in'} ${String(RuleNumber)}`;
}

/** Whether two entries stand at the same place and say the same. */
export function isSameEntry(one: NetworkAclEntry, other: NetworkAclEntry): boolean {
  return entryKey(one) === entryKey(other) && renderEntry(one) === renderEntry(other);
}

/** `entry 100 tcp 0-65535 from 0.0.0.0/0`, `entry 90 deny every protocol to ::/0`. */
export function renderEntry(entry: NetworkAclEntry): string {
  return `entry ${String(entry.RuleNumber)} ${renderEntryReach(entry)}`;
}

/** `tcp 0-65535 from 0.0.0.0/0`, `deny every protocol to ::/0`: an entry without its number. */
export function renderEntryReach(entry: NetworkAclEntry): string {
  const action = entry.RuleAction === 'deny' ? 'deny ' : '';
  const source = `${entry.Egress ? 'to' : 'from'} ${entry.CidrBlock ?? entry.Ipv6CidrBlock ?? 'an unknown source'}`;
  return `${action}${renderEntryTraffic(entry)} ${source}`;
}

/** `tcp 0-21`, `every protocol`, `icmp echo request (8/-1)`. */
export function renderEntryTraffic({ Protocol, PortRange: ports, IcmpTypeCode: icmp }: NetworkAclEntry): string {
  const protocol = canonicalProtocol(Protocol);
  switch (protocol) {
    case '-1':
      // EC2 ignores ports of an entry for all protocols.
      return 'every protocol';
    case 'tcp':
    case 'udp':
      return `${protocol} ${ports === undefined || ports.From === -1 ? '0-65535' : renderPortRange({ from: ports.From, to: ports.To })}`;
    case 'icmp':
    case 'icmpv6':
      return renderIcmp(protocol, icmp?.Type, icmp?.Code);
    default:
      return `protocol ${protocol}`;
  }
}
