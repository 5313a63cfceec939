import type { PortProtocol } from '../../network/protocol';
import type { Target } from '../../target';
import { balancerName, shortBalancerName, type BalancerSeen, type Listener, type Sending } from '../balancer';
import type { InterfaceSeen } from '../interface-seen';
import type { Network, NetworkAclSeen } from '../surroundings';
import { isSameAddress } from './addresses';
import { balancerDoor } from './balancer-door';
import { bestOf, type Door, type Further, type Judged } from './door';
import { fromInternet } from './from-internet';
import { hop, takesPort } from './hop';

/** What a packet through load balancers meets. */
export interface Walk {
  readonly target: Target;
  readonly around: Network;
  readonly networkAcls: readonly NetworkAclSeen[];
  readonly balancers: readonly BalancerSeen[];
  /** Interfaces of all load balancers. */
  readonly nodes: readonly InterfaceSeen[];
}

/**
 * Whether the internet comes in at a door by way of load balancers, by one or by several behind each other.
 *
 * @param behind those that a packet is to pass afterwards: none of them sends to itself
 */
export function throughBalancers(door: Door, walk: Walk, behind: readonly string[] = []): readonly Judged[] {
  return walk.balancers
    .filter(({ name }) => !behind.includes(name))
    .flatMap((balancer) =>
      balancer.sendings.flatMap((sending) => {
        const at = receivers(sending, door);
        return at.length === 0 ? [] : [bySending({ balancer, sending, door: { ...door, at }, walk, behind })];
      }),
    );
}

/** One load balancer that sends to a door. */
interface Way {
  readonly balancer: BalancerSeen;
  readonly sending: Sending;
  readonly door: Door;
  readonly walk: Walk;
  readonly behind: readonly string[];
}

function bySending(way: Way): Judged {
  const { balancer, sending, door } = way;
  const named = shortBalancerName(balancer.name);
  const protocols = sending.protocols.filter((protocol) => takesPort(door, sending, protocol));
  if (protocols.length === 0) return no(`${named} sends to it on ${String(sending.port)}, which stays as it is`);
  if (sending.byEndpoints === true) {
    return { answer: 'unknown', what: `${named} sends it what its endpoints were given` };
  }
  const judged = protocols.flatMap((protocol) => {
    const listeners = sending.listeners.filter((listener) => listener.protocols.includes(protocol));
    return decide(
      way,
      protocol,
      listeners.map((listener) => ({ listener, judged: byListener(way, listener, protocol) })),
    );
  });
  return bestOf(judged) ?? no(`${named} has no listener that sends to it`);
}

/**
 * A rule of an Application Load Balancer may be of any listener. Where none sends there by default, and all let the
 * internet in, one of them does.
 */
function decide(
  { balancer, sending: { port } }: Way,
  protocol: PortProtocol,
  entries: readonly { readonly listener: Listener; readonly judged: Judged }[],
): readonly Judged[] {
  const open = entries.filter(({ judged }) => judged.answer === 'yes');
  const bySomeRule = open.length === entries.length && !entries.some(({ listener }) => listener.isSure);
  const through = open.find(({ listener }) => listener.isSure) ?? open[0];
  if (through === undefined) return entries.map(({ judged }) => judged);
  const { listener, judged } = through;
  const named = shortBalancerName(balancer.name);
  if (listener.isSure || bySomeRule) {
    const passed = `${named} (${protocol} ${String(listener.port)} → ${String(port)})`;
    return [{ ...judged, by: [...(judged.by ?? []), passed] }];
  }
  return [{ answer: 'unknown', what: `a rule of ${named}'s listener on ${String(listener.port)} may send to it` }];
}

function byListener(way: Way, listener: Listener, protocol: PortProtocol): Judged {
  const { balancer, sending, door, walk } = way;
  const nodes = walk.nodes.filter(({ description }) => balancerName(description) === balancer.name);
  const { own, kept } = hop(balancer, nodes, door, sending, protocol, walk.networkAcls);
  const [first] = own;
  const other = sending.family === 'ipv4' ? ('ipv6' as const) : ('ipv4' as const);
  // Who sends is kept only within a family: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/
  const entrances: readonly { readonly to: InterfaceSeen; readonly further?: Further; readonly isOwn?: true }[] = [
    ...kept,
    ...(first === undefined
      ? []
      : [{ to: first, isOwn: true as const, ...(sending.keepsClient === true && { further: anybodyOf(other) }) }]),
  ];
  const judged = entrances.map(({ to, further, isOwn }): Judged => {
    const enter = (listsHoldAll: boolean): Judged & { readonly lists: readonly string[] } => {
      const { lists, ...own_ } = balancerDoor(balancer, nodes, listener.port, protocol, listsHoldAll);
      const at: Door = { ...own_, ...(further === undefined ? {} : { further }) };
      const direct = at.at.map((node) => judgeNode(balancer, node, at, walk));
      const entered = bestOf([...direct, ...throughBalancers(at, walk, [...way.behind, balancer.name])]);
      return { ...(entered ?? no('no interface of it shows')), lists };
    };
    const entered = enter(false);
    const name = shortBalancerName(balancer.name);
    if (entered.answer === 'yes') {
      const by = entered.by === undefined ? {} : { by: entered.by };
      return { answer: 'yes', what: to.instanceId ?? to.id, ...by, ...(isOwn && { seenAs: name }) };
    }
    const [list] = entered.lists;
    if (list !== undefined && enter(true).answer !== 'no') {
      return { answer: 'unknown', what: `${name} lets in ${list}, whose entries are not read` };
    }
    return { answer: entered.answer, what: `${name}: ${entered.what}` };
  });
  return bestOf(judged) ?? no(`${shortBalancerName(balancer.name)} does not come as far as it`);
}

function no(what: string): Judged {
  return { answer: 'no', what };
}

function anybodyOf(family: Further['family']): Further {
  return { family, cidrs: [], lets: () => true };
}

/** One that is internal has no public IPv4 address; whether its IPv6 addresses shun internet gateways is not read. */
function judgeNode({ scheme }: BalancerSeen, node: InterfaceSeen, door: Door, { target, around }: Walk): Judged {
  const judged = fromInternet(node, door, target, around);
  if (scheme === 'internet-facing' || judged.answer !== 'yes') return judged;
  return { answer: 'unknown', what: 'it is internal, and has IPv6 addresses of the internet' };
}

function receivers({ to }: Sending, { at }: Door): readonly InterfaceSeen[] {
  switch (to.kind) {
    case 'instance':
      return at.filter(({ instanceId }) => instanceId === to.id);
    case 'ip':
      return at.filter(
        ({ vpcId, privateIps }) => vpcId === to.vpcId && privateIps.some((ip) => isSameAddress(ip, to.address)),
      );
    case 'load-balancer':
      return at.filter(({ description }) => balancerName(description) === to.name);
  }
}
