import type { AddressFamily } from '../network/address-family';
import type { PortSet } from '../network/port-set';
import type { UnreadableParameter } from '../reasons/ask-reasons';
import type { Result } from '../result';
import type { ControlId, ControlParameter } from './control-id';

/** What a control forbids, by the kind of resource that it looks at. */
export type Control = InternetPortsControl | AnyRuleControl | NetworkAclControl | BaselineControl;

interface ControlFacts {
  readonly id: ControlId;
  /** Security Hub's own title. */
  readonly title: string;
  /** What it forbids, in one sentence for people. */
  readonly forbids: string;
}

/** Ports of a security group that the internet may not reach. */
export interface InternetPortsControl extends ControlFacts {
  readonly kind: 'internet-ports';
  readonly resource: 'security-group';
  /** An error says which parameter of the finding cannot be understood. */
  readonly forbiddenPorts: (
    family: AddressFamily,
    parameters: readonly ControlParameter[],
  ) => Result<ForbiddenPorts, UnreadableParameter>;
}

export interface ForbiddenPorts {
  readonly tcp: PortSet;
  readonly udp: PortSet;
  /** A rule of protocol -1 fails even where every port of tcp and udp is authorized. */
  readonly everyProtocol: boolean;
}

/** Any rule at all, in either direction and from whatever source. */
export interface AnyRuleControl extends ControlFacts {
  readonly kind: 'any-rule';
  readonly resource: 'default-security-group';
}

/** ALLOW entries of a network ACL, read literally: a DENY with a lower number does not help. */
export interface NetworkAclControl extends ControlFacts {
  readonly kind: 'network-acl-entries';
  readonly resource: 'network-acl';
  /** Over tcp and udp alike. */
  readonly ports: PortSet;
}

/** Ports that neither a security group nor an ALLOW entry of a network ACL may open to the internet. */
export interface BaselineControl extends ControlFacts {
  readonly kind: 'baseline';
  readonly resource: 'security-group-or-network-acl';
  /** In both address families. An error says which parameter cannot be understood, or is missing. */
  readonly forbiddenPorts: (parameters: readonly ControlParameter[]) => Result<ForbiddenPorts, UnreadableParameter>;
}

/** What a control forbids, with nothing where a protocol is left out. */
export function forbid(ports: {
  readonly tcp?: PortSet;
  readonly udp?: PortSet;
  readonly everyProtocol?: boolean;
}): ForbiddenPorts {
  return { tcp: ports.tcp ?? [], udp: ports.udp ?? [], everyProtocol: ports.everyProtocol ?? false };
}
