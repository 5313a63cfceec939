import { renderIcmp } from './icmp';
import { ALL_PORTS, NO_PORTS, renderPorts, type PortSet } from './port-set';
import { canonicalProtocol, type PortProtocol } from './protocol';
import type { SecurityGroupRule } from './security-group-rule';

/**
 * The ports of one protocol that a rule lets through. Protocol -1 has every port, missing ports or -1 mean every port.
 */
export function portsOf(rule: SecurityGroupRule, protocol: PortProtocol): PortSet {
  const own = canonicalProtocol(rule.IpProtocol);
  if (own === '-1') return ALL_PORTS;
  if (own !== protocol) return NO_PORTS;
  const { FromPort: from = -1, ToPort: to = -1 } = rule;
  return from === -1 || to === -1 ? ALL_PORTS : [{ from, to }];
}

/** What identifies a rule's traffic to EC2, whatever its source: two rules may differ in nothing else. */
export function trafficKey(rule: SecurityGroupRule): string {
  const protocol = canonicalProtocol(rule.IpProtocol);
  if (protocol === '-1') return protocol;
  return `${protocol}:${String(rule.FromPort ?? -1)}:${String(rule.ToPort ?? -1)}`;
}

/** `tcp 22`, `udp 53-60`, `every protocol and port`, `icmp echo request (8/-1)`. */
export function renderTraffic(rule: SecurityGroupRule): string {
  const protocol = canonicalProtocol(rule.IpProtocol);
  switch (protocol) {
    case '-1':
      return 'every protocol and port';
    case 'tcp':
    case 'udp': {
      const ports = renderPorts(portsOf(rule, protocol));
      return ports === 'every port' ? `every ${protocol} port` : `${protocol} ${ports}`;
    }
    case 'icmp':
    case 'icmpv6':
      return renderIcmp(protocol, rule.FromPort, rule.ToPort);
    default:
      return `protocol ${protocol}`;
  }
}
