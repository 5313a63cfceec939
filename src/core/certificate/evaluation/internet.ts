import { highestAddress, readBlock, type AddressBlock, type Family } from './address-block';
import { holdAll, subtractIntervals, type Interval } from './interval';

/**
 * The internet is every address that is not of a private, shared or otherwise non-global range. By IANA's registries:
 * https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 * https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml (2000::/3 is all that is given out)
 */
const NEVER_ON_THE_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

const INTERNET: Readonly<Record<Family, readonly Interval[]>> = {
  ipv4: subtractIntervals([{ first: 0n, last: highestAddress('ipv4') }], NEVER_ON_THE_INTERNET.map(blockOf)),
  ipv6: [blockOf('2000::/3')],
};

/** Whether merged intervals leave out no address of the internet. */
export function holdInternet(family: Family, intervals: readonly Interval[]): boolean {
  return holdAll(intervals, INTERNET[family]);
}

/** Whether any address of an interval belongs to the internet. */
export function touchesInternet(family: Family, { first, last }: Interval): boolean {
  return INTERNET[family].some((part) => part.first <= last && first <= part.last);
}

function blockOf(text: string): AddressBlock {
  const block = readBlock(text);
  if (block === undefined) throw new Error(`${text} is not a block`);
  return block;
}
