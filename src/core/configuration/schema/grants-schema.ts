import * as z from 'zod';
import { durationSeconds } from '../../questions/ask-terms';
import type { GrantLimits } from '../../grants/grant';
import { approvers } from './ask-schema';
import { withFix } from './fixes';
import { port } from './policy-schema';
import { toPortRange } from '../to-plan-policy';

const LONGEST_DAYS = 7;

/** A host for a host; else the network that a site has, as IPv6 hands them out. */
const ONE_HOST = { ipv4: 32, ipv6: 128 };
const ONE_NETWORK_IPV6 = 64;

/** What may be opened for a while, by whom, and how far. */
export const grantsSchema = withFix(
  z.strictObject({
    maximum: withFix(
      z
        .string()
        .refine((text) => (durationSeconds(text) ?? 0) >= 300 && (durationSeconds(text) ?? 0) <= LONGEST_DAYS * 86_400),
      `write minutes, hours or days from 5m to ${String(LONGEST_DAYS)}d, such as 8h`,
    ).describe('How long something may be open at most.'),
    ports: withFix(z.array(port).min(1), 'list the ports of tcp that may be opened, such as [22, 3389]').describe(
      'Ports of tcp that may be opened, one a grant.',
    ),
    sources: withFix(z.int().min(8).max(32), 'write a prefix length of IPv4, from 8 to 32, such as 32')
      .default(ONE_HOST.ipv4)
      .describe('The shortest prefix length of IPv4 that may be granted: 32 is one address.'),
    sourcesIpv6: withFix(z.int().min(32).max(128), 'write a prefix length of IPv6, from 32 to 128, such as 64')
      .exactOptional()
      .describe('The same of IPv6. Left out: 128, which is one address, where sources is 32, and else 64.'),
    approvers: approvers
      .exactOptional()
      .describe('Who may open something for a while. Left out: everybody who may send commands.'),
  }),
  'write { maximum: 8h, ports: [22, 3389], sources: 32 }, or leave grants out',
);

export type GrantsConfiguration = z.output<typeof grantsSchema>;

/** `grants` as the functions go by it. */
export function toGrantLimits({ maximum, ports, sources, sourcesIpv6 }: GrantsConfiguration): GrantLimits {
  return {
    maximumMinutes: (durationSeconds(maximum) ?? 0) / 60,
    ports: ports.map(toPortRange),
    ipv4: sources,
    ipv6: sourcesIpv6 ?? (sources === ONE_HOST.ipv4 ? ONE_HOST.ipv6 : ONE_NETWORK_IPV6),
  };
}
