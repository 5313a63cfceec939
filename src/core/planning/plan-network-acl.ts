import type { ControlId, ControlInHand } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import { isOpenSource } from '../network/internet';
import type { NetworkAcl, NetworkAclEntry } from '../network/network-acl';
import { ALL_PORTS, intersectPorts, renderPorts, type PortSet } from '../network/port-set';
import { canonicalProtocol } from '../network/protocol';

/** What would be done to a network ACL. This version finds what violates; closing it is left to a person. */
export interface NetworkAclPlan {
  readonly violations: readonly EntryViolation[];
  readonly remaining: readonly NetworkAclEntry[];
  /** Reasons why a person must decide. */
  readonly ask: readonly string[];
}

export interface EntryViolation {
  readonly ruleNumber: number;
  readonly controls: readonly ControlId[];
  readonly how: 'open';
  readonly reason: string;
}

/** Entries are read literally, as Security Hub does: a DENY with a lower number does not excuse an ALLOW. */
export function planNetworkAcl(acl: NetworkAcl, controls: readonly ControlInHand[]): NetworkAclPlan {
  const violations: EntryViolation[] = [];
  const ask: string[] = [];
  for (const { id } of controls) {
    const control = controlOf(id);
    if (control.kind !== 'network-acl-entries') {
      ask.push(`${id} is about security groups and says nothing about a network ACL.`);
      continue;
    }
    // Security Hub has no findings of this control about default network ACLs.
    const found = acl.isDefault ? [] : acl.entries.flatMap((entry) => toViolation(entry, id, control.ports) ?? []);
    violations.push(...found);
    if (found.length > 0)
      ask.push(`${id}: rewriting network ACL entries is not done by this version; close them by hand.`);
  }
  return { violations, remaining: acl.entries, ask };
}

function toViolation(entry: NetworkAclEntry, control: ControlId, forbidden: PortSet): EntryViolation | undefined {
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock;
  if (entry.Egress || entry.RuleAction !== 'allow' || source === undefined || !isOpenSource(source)) return undefined;
  const protocol = canonicalProtocol(entry.Protocol);
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== '-1') return undefined;
  const reached = intersectPorts(portsOfEntry(entry, protocol), forbidden);
  if (reached.length === 0) return undefined;
  const over = protocol === '-1' ? 'tcp and udp' : protocol;
  return {
    ruleNumber: entry.RuleNumber,
    controls: [control],
    how: 'open',
    reason: `Entry ${String(entry.RuleNumber)} allows ${over} ${renderPorts(reached)} from ${source}, which ${control} forbids.`,
  };
}

function portsOfEntry({ PortRange: range }: NetworkAclEntry, protocol: 'tcp' | 'udp' | '-1'): PortSet {
  if (protocol === '-1' || range === undefined || range.From === -1) return ALL_PORTS;
  return [{ from: range.From, to: range.To }];
}
