import type { RequestedControl } from '../../controls/control-id';
import { controlOf } from '../../controls/control-registry';
import type { Opening } from '../../exceptions/opening';
import { uncoveredPorts } from '../../exceptions/uncovered-ports';
import { isOpenSource } from '../../network/internet';
import type { NetworkAcl, NetworkAclEntry } from '../../network/network-acl';
import { ALL_PORTS, intersectPorts, NO_PORTS, renderPorts, unionPorts, type PortSet } from '../../network/port-set';
import { canonicalProtocol, type PortProtocol } from '../../network/protocol';
import type { ControlId } from '../../controls/control-id';
import type { AskReason } from '../../reasons/ask-reasons';
import { renderViolationReason, type ViolationReason } from '../../reasons/violation-reasons';
import type { EntryViolation } from '../plan';

/** What of a network ACL the controls forbid, and what they cannot judge. */
export interface EntryExposure {
  readonly entries: readonly NetworkAclEntry[];
  readonly violations: readonly EntryViolation[];
  /** What must not stay open to a source, over each protocol. */
  readonly forbiddenTo: (source: string, protocol: PortProtocol) => PortSet;
  /** Controls that are not about network ACLs. */
  readonly notCovered: readonly AskReason[];
}

/**
 * Entries are read literally, as Security Hub does: a DENY with a lower number does not excuse an ALLOW. Default
 * network ACLs get no findings of this control:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
 */
export function findEntryViolations(acl: NetworkAcl, controls: readonly RequestedControl[]): EntryExposure {
  const notCovered = new Map<ControlId, AskReason>();
  const found = new Map<NetworkAclEntry, EntryViolation>();
  const forbidden: ForbiddenPorts[] = [];
  for (const { id, except = [] } of controls) {
    const control = controlOf(id);
    if (control.kind !== 'network-acl-entries') {
      notCovered.set(id, { code: 'not-about-network-acls', control: id });
      continue;
    }
    forbidden.push({ ports: control.ports, except });
    if (acl.isDefault) continue;
    for (const entry of acl.entries) {
      const reason = reasonAgainst(entry, { ports: control.ports, except }, id);
      if (reason !== undefined) {
        const violation = { ruleNumber: entry.RuleNumber, controls: [id], how: 'open' as const };
        found.set(entry, { ...violation, reason: renderViolationReason(reason), reasons: [reason] });
      }
    }
  }
  return {
    entries: [...found.keys()],
    violations: [...found.values()],
    forbiddenTo: (source, protocol) =>
      forbidden.reduce(
        (all, { ports, except }) => unionPorts(all, uncoveredPorts(except, source, protocol, ports)),
        NO_PORTS,
      ),
    notCovered: [...notCovered.values()],
  };
}

interface ForbiddenPorts {
  readonly ports: PortSet;
  readonly except: readonly Opening[];
}

function reasonAgainst(
  entry: NetworkAclEntry,
  { ports: forbidden, except }: ForbiddenPorts,
  control: ControlId,
): ViolationReason | undefined {
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock;
  if (entry.Egress || entry.RuleAction !== 'allow' || source === undefined || !isOpenSource(source)) return undefined;
  const reach = (protocol: PortProtocol) =>
    uncoveredPorts(except, source, protocol, intersectPorts(portsOfEntry(entry, protocol), forbidden));
  const reached = (['tcp', 'udp'] as const).filter((protocol) => reach(protocol).length > 0);
  const [first] = reached;
  if (first === undefined) return undefined;
  const ports = renderPorts(reach(first));
  return { code: 'open-entry', ruleNumber: entry.RuleNumber, protocols: reached, ports, source, control };
}

/** The ports of one protocol that an entry is about. Protocol -1 has every port: EC2 ignores the ones it may carry. */
export function portsOfEntry({ Protocol, PortRange: range }: NetworkAclEntry, protocol: PortProtocol): PortSet {
  const own = canonicalProtocol(Protocol);
  if (own === '-1') return ALL_PORTS;
  if (own !== protocol) return NO_PORTS;
  return range === undefined || range.From === -1 ? ALL_PORTS : [{ from: range.From, to: range.To }];
}
