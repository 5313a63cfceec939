/** What a rule's protocol means for ports: only tcp and udp have them; `-1` covers both and everything else. */
export type PortProtocol = 'tcp' | 'udp';

/**
 * Protocol numbers by the names that EC2 takes besides tcp and udp.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['tcp', '6'],
  ['udp', '17'],
  ['icmp', '1'],
  ['icmpv6', '58'],
  ['all', '-1'],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmpv6'],
]);

/** One spelling for one protocol, the one that EC2 prints: `tcp`, `udp`, `icmp`, `icmpv6`, `-1`, else the number. */
export function canonicalProtocol(protocol: string): string {
  if (protocol === 'tcp' || protocol === 'udp' || protocol === '-1') return protocol;
  const lower = protocol.toLowerCase();
  const number = NUMBERS.get(lower) ?? lower;
  return NAMES.get(number) ?? number;
}

/** Whether EC2 takes it for a protocol: a name that it knows, or a number from -1 to 255. */
export function isKnownProtocol(protocol: string): boolean {
  return (
    NUMBERS.has(protocol.toLowerCase()) ||
    protocol === '-1' ||
    (/^(?:0|[1-9]\d{0,2})$/.test(protocol) && Number(protocol) <= 255)
  );
}

/** Its number, as flow logs write it. @param protocol any but `-1` */
export function protocolNumber(protocol: string): number {
  const lower = protocol.toLowerCase();
  return Number(NUMBERS.get(lower) ?? lower);
}
