import type { ForbiddenPorts } from '../controls/control';
import type { ControlId, RequestedControl } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import { ADDRESS_FAMILIES, type AddressFamily } from '../network/address-family';
import type { Opening } from '../exceptions/opening';
import { uncoveredPorts } from '../exceptions/uncovered-ports';
import type { PortProtocol } from '../network/protocol';
import { intersectPorts, unionPorts, type PortSet } from '../network/port-set';
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
  /** What exceptions leave open of it. */
  readonly except: readonly Opening[];
}

/** The same controls are asked about group after group. */
const known = new WeakMap<readonly RequestedControl[], Prohibitions>();

/** What controls forbid, with the controls that forbid it. */
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
  for (const { id, parameters, except = [] } of controls) {
    const control = controlOf(id);
    switch (control.kind) {
      case 'internet-ports':
        for (const family of ADDRESS_FAMILIES) {
          const forbidden = control.forbiddenPorts(family, parameters);
          if (forbidden.ok) of[family].push({ control: id, except, ...forbidden.value });
          else unreadable.set(JSON.stringify(forbidden.error), forbidden.error);
        }
        break;
      case 'baseline': {
        const forbidden = control.forbiddenPorts(parameters);
        if (!forbidden.ok) unreadable.set(JSON.stringify(forbidden.error), forbidden.error);
        else for (const family of ADDRESS_FAMILIES) of[family].push({ control: id, except, ...forbidden.value });
        break;
      }
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

/** Those of the ports that a control forbids to a source, and that no exception leaves open to it. */
export function forbiddenFrom(
  prohibition: Prohibition,
  source: string,
  protocol: PortProtocol,
  ports: PortSet,
): PortSet {
  return uncoveredPorts(prohibition.except, source, protocol, intersectPorts(ports, prohibition[protocol]));
}
