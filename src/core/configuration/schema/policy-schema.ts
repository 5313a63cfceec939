import * as z from 'zod';
import { parseCidr } from '../../network/cidr';
import { withFix } from './fixes';
import { areDifferent } from './lists';
import { strategyOverrideSchema, strategySchema } from './strategy-override-schema';

const HIGHEST_PORT = 65_535;

export const port = withFix(
  z.union([
    z.int().min(0).max(HIGHEST_PORT),
    z
      .string()
      .regex(/^\d{1,5}(-\d{1,5})?$/, { abort: true })
      .refine(isPortText),
  ]),
  'write a port from 0 to 65535, or a range such as "1020-1025" with the lower port first',
);

function isPortText(text: string): boolean {
  const [from = NaN, to = from] = text.split('-').map(Number);
  return from <= to && to <= HIGHEST_PORT;
}

/** One rule each: more than a security group holds by default would be refused when they are restricted to. */
const MAX_TRUSTED_CIDRS = 40;
/** Of the policy's file in the bundle, which is an argument of a command when it is written. */
export const MAX_POLICY_CHARACTERS = 64_000;

export const cidr = withFix(
  z.string().superRefine((text, context) => {
    const parsed = parseCidr(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error });
  }),
  'write an address block, such as 198.51.100.0/24 or "2001:db8::/32"',
);

const trustedSources = withFix(
  z.strictObject({
    cidrs: withFix(
      z.array(cidr).min(1).max(MAX_TRUSTED_CIDRS),
      `list 1 to ${String(MAX_TRUSTED_CIDRS)} address blocks`,
    ),
  }),
  'write { cidrs: [198.51.100.0/24, "2001:db8::/32"] }',
);

/** Those that have ports are split, and those of icmp stay anyway. */
const protocol = withFix(
  z
    .int()
    .min(0)
    .max(255)
    .refine((number) => ![1, 6, 17, 58].includes(number)),
  'write a protocol number from 0 to 255 that is not 1, 6, 17 or 58, such as 50',
);

const fields = z.strictObject({
  strategy: strategySchema
    .default('close')
    .describe(
      'What stays open to the same source of a rule that violates. `close`: its public ports. `revoke`: nothing. ' +
        '`restrict`: its own ports, but only from trustedSources.',
    ),
  overrides: withFix(
    z.array(strategyOverrideSchema),
    'list overrides, such as [{ controls: [EC2.18], strategy: revoke }]',
  )
    .default([])
    .describe('Other strategies for some controls, accounts or tags of the target. The first that matches wins.'),
  publicPorts: z
    .strictObject({
      tcp: withFix(z.array(port), 'list ports and ranges, such as [80, 443, "1020-1025"]').default([80, 443]),
      udp: withFix(z.array(port), 'list ports and ranges, such as [443], or write []').default([]),
    })
    .prefault({})
    .describe('What may stay open to the internet where no parameters of EC2.18 say otherwise.'),
  ruleQuota: withFix(
    z.int().min(1).max(1000),
    "write the account's quota of rules a security group, a whole number from 1 to 1000; EC2 starts with 60",
  )
    .default(60)
    .describe('Rules a security group may hold in one direction and address family.'),
  networkAclEntryQuota: withFix(
    z.int().min(1).max(40),
    "write the account's quota of rules a network ACL, a whole number from 1 to 40; EC2 starts with 20",
  )
    .default(20)
    .describe(
      'Entries a network ACL may hold in one direction and address family, the one that denies the rest included.',
    ),
  keepProtocols: withFix(
    z
      .array(protocol)
      .refine(areDifferent, { message: 'names a protocol twice', when: ({ value }) => Array.isArray(value) }),
    'list protocol numbers, such as [50, 51, 47], or write []',
  )
    .default([50, 51, 47])
    .describe(
      'Protocols, by number, that stay when a network ACL entry for all protocols is closed: ESP, AH and GRE of VPNs. ' +
        'Where rule numbers or the quota are short, the last of them is given up first. ' +
        'What tcp, udp and icmp need stays anyway.',
    ),
  expandPrefixLists: withFix(z.boolean(), 'write true or false')
    .default(false)
    .describe(
      'Whether a prefix list that is open to the internet may be replaced by its other entries, one rule each. ' +
        'Otherwise a person decides.',
    ),
  trustedSources: trustedSources.optional().describe('Who may still reach what `restrict` takes from the internet.'),
  undo: z
    .strictObject({
      maxAgeDays: withFix(z.int().min(1).max(3650), 'write a number of days, a whole number from 1 to 3650')
        .default(30)
        .describe('Undoing a closing that is older asks for confirmation.'),
    })
    .prefault({})
    .describe('What taking back a closing asks for.'),
});

export const policySchema = fields
  .refine((policy) => !restricts(policy) || policy.trustedSources !== undefined, {
    path: ['trustedSources'],
    message: 'is missing: restrict would close everything',
    when: ({ value }) => typeof value === 'object' && value !== null && 'strategy' in value,
  })
  .refine((policy) => JSON.stringify(policy).length <= MAX_POLICY_CHARACTERS, {
    path: ['overrides'],
    message: 'are more than a policy may hold with the rest of it (64,000 characters)',
  });

export type PolicyConfiguration = z.output<typeof fields>;
export type PortEntry = PolicyConfiguration['publicPorts']['tcp'][number];

function restricts({ strategy, overrides }: { readonly strategy: unknown; readonly overrides?: unknown }): boolean {
  const all: readonly unknown[] = Array.isArray(overrides) ? overrides : [];
  return [{ strategy }, ...all].some((one) => isRestricting(one));
}

function isRestricting(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'strategy' in value && value.strategy === 'restrict';
}
