import type { ForbiddenPorts } from '../controls/control';
import type { ControlId, RequestedControl } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import { ADDRESS_FAMILIES, type AddressFamily } from '../network/address-family';
import type { PortProtocol } from '../network/protocol';
import { unionPorts, type PortSet } from '../network/port-set';
import type { AskReason } from '../reasons/ask-reasons';

/** The requested controls, read once: what each forbids from the internet, by address family. */
export interface Prohibitions {
  readonly of: Readonly<Record<AddressFamily, readonly Prohibition[]>>;
  /** Controls that forbid any rule at all, in both directions. */
  readonly anyRule: readonly ControlId[];
  /** Controls that are not about security groups. */
  readonly notCovered: readonly AskReason[];
  /** Parameters that cannot be understood: what their control forbids is not known. */
  readonly unreadable: readonly AskReason[];
}

export interface Prohibition extends ForbiddenPorts {
  readonly control: ControlId;
}

/** The same controls are asked about group after group. */
const known = new WeakMap<readonly RequestedControl[], Prohibitions>();

export function toProhibitions(controls: readonly RequestedControl[]): Prohibitions {
  let prohibitions = known.get(controls);
  if (prohibitions === undefined) {
    prohibitions = readProhibitions(controls);
    known.set(controls, prohibitions);
  }
  return prohibitions;
}

function readProhibitions(controls: readonly RequestedControl[]): Prohibitions {
  const of: Record<AddressFamily, Prohibition[]> = { ipv4: [], ipv6: [] };
  const anyRule = new Set<ControlId>();
  const notCovered = new Map<ControlId, AskReason>();
  const unreadable = new Map<string, AskReason>();
  for (const { id, parameters } of controls) {
    const control = controlOf(id);
    switch (control.kind) {
      case 'internet-ports':
        for (const family of ADDRESS_FAMILIES) {
          const forbidden = control.forbiddenPorts(family, parameters);
          if (forbidden.ok) of[family].push({ control: id, ...forbidden.value });
          else unreadable.set(JSON.stringify(forbidden.error), forbidden.error);
        }
        break;
      case 'any-rule':
        anyRule.add(id);
        break;
      case 'network-acl-entries':
        notCovered.set(id, { code: 'not-about-security-groups', control: id });
        break;
    }
  }
  return { of, anyRule: [...anyRule], notCovered: [...notCovered.values()], unreadable: [...unreadable.values()] };
}

/** Everything that any of the controls forbids of one protocol. */
export function forbiddenPorts(prohibitions: readonly Prohibition[], protocol: PortProtocol): PortSet {
  return prohibitions.reduce<PortSet>((ports, prohibition) => unionPorts(ports, prohibition[protocol]), []);
}
