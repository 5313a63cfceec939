import type { CertifiedEntry } from '../certificate';
import { highestAddress, readBlock, type AddressBlock } from './address-block';
import { NO_SOURCES, subtractSources, uniteSources, type Sources } from './sources';
import { isAbout, readTraffic, type EquivalenceClass, type Traffic } from './traffic';

/** One entry of a network ACL, read. */
export interface Filter {
  readonly entry: CertifiedEntry;
  readonly traffic: Traffic;
  readonly block: AddressBlock;
}

/** Reads one entry; an error says what of it makes no sense. */
export function readFilter(entry: CertifiedEntry): Filter | { readonly problem: string } {
  const { Protocol, PortRange: ports, IcmpTypeCode: icmp, RuleNumber, CidrBlock, Ipv6CidrBlock } = entry;
  const isIcmp = ['1', '58', 'icmp', 'icmpv6'].includes(Protocol.toLowerCase());
  const traffic = isIcmp
    ? readTraffic(Protocol, icmp?.Type, icmp?.Code)
    : readTraffic(Protocol, ports?.From, ports?.To);
  const block = readBlock(CidrBlock ?? Ipv6CidrBlock ?? '');
  if (traffic === undefined) return { problem: `the protocol or ports of entry ${String(RuleNumber)} make no sense` };
  if (block === undefined) return { problem: `the source of entry ${String(RuleNumber)} is not an address block` };
  return { entry, traffic, block };
}

/**
 * Whom the entries of one direction let through, as EC2 decides: by ascending number, the first that is about a packet
 * decides, and none means no.
 *
 * @param counts which of the entries that allow are asked about; their order among all others counts all the same
 */
export function allowedBy(
  filters: readonly Filter[],
  trafficClass: EquivalenceClass,
  counts: (entry: CertifiedEntry) => boolean = () => true,
): Sources {
  let decided = NO_SOURCES;
  const allowed: Sources[] = [];
  const inOrder = [...filters].sort((a, b) => a.entry.RuleNumber - b.entry.RuleNumber);
  for (const { entry, traffic, block } of inOrder) {
    if (!isAbout(traffic, trafficClass)) continue;
    const own = toSources(block);
    if (entry.RuleAction === 'allow' && counts(entry)) allowed.push(subtractSources(own, decided));
    decided = uniteSources([decided, own]);
  }
  return uniteSources(allowed);
}

function toSources(block: AddressBlock): Sources {
  return { addresses: { ...NO_SOURCES.addresses, [block.family]: [block] }, named: new Set() };
}

/** Whether an entry names everybody of its family, `0.0.0.0/0` or `::/0`. */
export function isForEverybody({ block: { family, first, last } }: Filter): boolean {
  return first === 0n && last === highestAddress(family);
}
