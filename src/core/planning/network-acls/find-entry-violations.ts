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
  /** Controls that are not about network ACLs, or whose parameters cannot be understood. */
  readonly notCovered: readonly AskReason[];
}

/**
 * Entries are read literally, as Security Hub does: a DENY with a lower number does not excuse an ALLOW. Default
 * network ACLs get no findings of this control:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
 */
export function findEntryViolations(acl: NetworkAcl, controls: readonly RequestedControl[]): EntryExposure {
  const notJudged = new Map<string, AskReason>();
  const found = new Map<NetworkAclEntry, readonly EntryReason[]>();
  const forbidden: Forbidden[] = [];
  for (const control of controls) {
    const ports = portsAgainst(control);
    if ('code' in ports) {
      notJudged.set(JSON.stringify(ports), ports);
      continue;
    }
    const { id, except = [] } = control;
    forbidden.push({ ...ports, except });
    if (acl.isDefault) continue;
    for (const entry of acl.entries) {
      const reasons = reasonsAgainst(entry, { ...ports, except }, id);
      if (reasons.length > 0) found.set(entry, [...(found.get(entry) ?? []), ...reasons]);
    }
  }
  return {
    entries: [...found.keys()],
    violations: [...found].map(([{ RuleNumber }, reasons]) => toViolation(RuleNumber, reasons)),
    forbiddenTo: (source, protocol) =>
      forbidden.reduce(
        (all, { except, ...ports }) => unionPorts(all, uncoveredPorts(except, source, protocol, ports[protocol])),
        NO_PORTS,
      ),
    notCovered: [...notJudged.values()],
  };
}

function toViolation(ruleNumber: number, reasons: readonly EntryReason[]): EntryViolation {
  const controls = [...new Set(reasons.map(({ control }) => control))];
  return { ruleNumber, controls, how: 'open', reason: reasons.map(renderViolationReason).join(' '), reasons };
}

type EntryReason = Extract<ViolationReason, { readonly code: 'open-entry' }>;

type ForbiddenPorts = Readonly<Record<PortProtocol, PortSet>>;

interface Forbidden extends ForbiddenPorts {
  readonly except: readonly Opening[];
}

/** What a control forbids of entries, or why it cannot be held against them. */
function portsAgainst({ id, parameters }: RequestedControl): ForbiddenPorts | AskReason {
  const control = controlOf(id);
  switch (control.kind) {
    case 'network-acl-entries':
      return { tcp: control.ports, udp: control.ports };
    case 'baseline': {
      const forbidden = control.forbiddenPorts(parameters);
      return forbidden.ok ? { tcp: forbidden.value.tcp, udp: forbidden.value.udp } : forbidden.error;
    }
    case 'any-rule':
    case 'internet-ports':
      return { code: 'not-about-network-acls', control: id };
  }
}

/** One for both protocols where they are open at the same ports. */
function reasonsAgainst(
  entry: NetworkAclEntry,
  { except, ...forbidden }: Forbidden,
  control: ControlId,
): readonly EntryReason[] {
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock;
  if (entry.Egress || entry.RuleAction !== 'allow' || source === undefined || !isOpenSource(source)) return [];
  const byPorts = new Map<string, PortProtocol[]>();
  for (const protocol of ['tcp', 'udp'] as const) {
    const open = intersectPorts(portsOfEntry(entry, protocol), forbidden[protocol]);
    const reached = uncoveredPorts(except, source, protocol, open);
    if (reached.length === 0) continue;
    const ports = renderPorts(reached);
    byPorts.set(ports, [...(byPorts.get(ports) ?? []), protocol]);
  }
  return [...byPorts].map(([ports, protocols]) => ({
    ...{ code: 'open-entry' as const, ruleNumber: entry.RuleNumber },
    ...{ protocols, ports, source, control },
  }));
}

/** The ports of one protocol that an entry is about. Protocol -1 has every port: EC2 ignores the ones it may carry. */
export function portsOfEntry({ Protocol, PortRange: range }: NetworkAclEntry, protocol: PortProtocol): PortSet {
  const own = canonicalProtocol(Protocol);
  if (own === '-1') return ALL_PORTS;
  if (own !== protocol) return NO_PORTS;
  return range === undefined || range.From === -1 ? ALL_PORTS : [{ from: range.From, to: range.To }];
}
