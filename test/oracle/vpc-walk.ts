import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import { toBlock } from './addresses';

/** A subnet of a VPC as a packet meets it. */
export interface SmallVpc {
  readonly entries: readonly NetworkAclEntry[];
  readonly routes: readonly { readonly cidr?: string; readonly to: string }[];
  readonly cut: {
    readonly cidr: string;
    readonly protocol: 'tcp' | 'udp';
    readonly ports: readonly { readonly from: number }[];
  };
}

/** Of every /8 of the internet one address: blocks of these tests are no smaller. */
const SENDERS = Array.from({ length: 223 }, (_, i) => i + 1)
  .filter((first) => first !== 10 && first !== 127)
  .map((first) => (BigInt(first) << 24n) + 0x010203n);

const CLIENT_PORTS = [1024, 2999, 3000, 3500, 4000, 4001, 65535];

/** Sends packets from everywhere, one by one, and waits for an answer to each. */
export function someoneGetsThrough({ entries, routes, cut }: SmallVpc): boolean {
  const port = cut.ports[0]?.from ?? 0;
  return SENDERS.some(
    (sender) =>
      isWithin(cut.cidr, sender) &&
      passes(entries, false, cut.protocol, sender, port) &&
      leavesBy(routes, sender) === 'internet-gateway' &&
      CLIENT_PORTS.some((back) => passes(entries, true, cut.protocol, sender, back)),
  );
}

function leavesBy(routes: SmallVpc['routes'], to: bigint): string | undefined {
  let length = -1;
  let found: string | undefined;
  for (const route of routes) {
    if (route.cidr === undefined || !isWithin(route.cidr, to)) continue;
    const own = Number(route.cidr.split('/')[1]);
    if (own > length) [length, found] = [own, route.to];
  }
  return found;
}

function passes(
  entries: readonly NetworkAclEntry[],
  out: boolean,
  protocol: string,
  address: bigint,
  port: number,
): boolean {
  const numbered = entries.filter(({ Egress }) => Egress === out).map((each) => [each.RuleNumber, each] as const);
  for (const [, each] of numbered.sort(([a], [b]) => a - b)) {
    const isProtocol = each.Protocol === '-1' || each.Protocol === { tcp: '6', udp: '17' }[protocol];
    const { From = 0, To = 65535 } = each.Protocol === '-1' ? {} : (each.PortRange ?? {});
    if (isProtocol && From <= port && port <= To && isWithin(each.CidrBlock ?? '', address)) {
      return each.RuleAction === 'allow';
    }
  }
  return false;
}

function isWithin(cidr: string, address: bigint): boolean {
  const { first, last } = toBlock(cidr);
  return first <= address && address <= last;
}
