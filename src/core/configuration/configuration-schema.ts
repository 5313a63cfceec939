import { z } from 'zod';
import { CONTROL_IDS } from '../controls/control-id';
import { parseCidr } from '../network/cidr';
import { automationRulesSchema } from './automation-rule-schema';
import { withFix } from './fixes';
import { areDifferent } from './lists';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const HIGHEST_PORT = 65_535;

const prefix = withFix(
  // The longest derived name with the lowest limit is a custom action id: `<prefix>Isolate` in 20 alphanumeric characters.
  // SSM refuses document names that begin with aws, amazon or amzn.
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{1,11}$/)
    .regex(/^(?![Aa][Ww][Ss]|[Aa][Mm][Aa][Zz][Oo][Nn]|[Aa][Mm][Zz][Nn])/),
  'write 2 to 12 letters and digits, a letter first, and not aws, amazon or amzn at the start, such as Portcullis',
);

const account = withFix(
  z.string().regex(/^\d{12}$/),
  'write the 12 digits of the account id in quotes, such as "111111111111"',
);

const region = withFix(
  z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/),
  'write the code of a Region, such as eu-central-1',
);

const regions = withFix(
  z
    .array(region)
    .min(1)
    .refine(areDifferent, { message: 'names a Region twice', when: ({ value }) => Array.isArray(value) }),
  'list at least one Region, each once, such as [eu-central-1, us-east-1]',
);

const port = withFix(
  z.union([
    z.int().min(0).max(HIGHEST_PORT),
    z
      .string()
      .regex(/^\d{1,5}(-\d{1,5})?$/)
      .refine(isPortText),
  ]),
  'write a port from 0 to 65535, or a range such as "1020-1025" with the lower port first',
);

function isPortText(text: string): boolean {
  const [from = NaN, to = from] = text.split('-').map(Number);
  return from <= to && to <= HIGHEST_PORT;
}

/** The policy travels in an environment variable of the orchestrator, and Lambda allows 4 KB for all of them. */
const MAX_TRUSTED_CIDRS = 40;

const cidr = withFix(
  z.string().superRefine((text, context) => {
    const parsed = parseCidr(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error });
  }),
  'write an address block, such as 198.51.100.0/24 or "2001:db8::/32"',
);

const hub = withFix(
  z.strictObject({
    account: account.describe('The account that is the delegated administrator of Security Hub.'),
    aggregationRegion: region.describe('The Region that Security Hub aggregates findings into. Portcullis runs there.'),
  }),
  'write { account: "111111111111", aggregationRegion: eu-central-1 }',
);

const members = withFix(
  z
    .strictObject({
      primaryRegion: withFix(
        region.describe('The Region whose copy of the member stack creates the roles, which are global.'),
        'write the code of one of the Regions below, such as eu-central-1',
      ),
      regions: regions.describe('Every Region in which Portcullis may close ingress.'),
    })
    .refine(({ primaryRegion, regions: codes }) => codes.includes(primaryRegion), {
      path: ['primaryRegion'],
      message: 'is not one of members.regions, so no stack would create the roles',
      // Asked even while a Region of the list is misspelt, so that all mistakes come at once.
      when: ({ value }) =>
        typeof value === 'object' &&
        value !== null &&
        'primaryRegion' in value &&
        'regions' in value &&
        Array.isArray(value.regions) &&
        value.regions.length > 0,
    }),
  'write { primaryRegion: eu-central-1, regions: [eu-central-1, us-east-1] }',
);

const policy = z
  .strictObject({
    strategy: withFix(z.enum(['close', 'revoke', 'restrict']), 'write close, revoke or restrict')
      .default('close')
      .describe(
        'What stays open to the same source of a rule that violates. `close`: its public ports. `revoke`: nothing. ' +
          '`restrict`: its own ports, but only from trustedSources.',
      ),
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
    expandPrefixLists: withFix(z.boolean(), 'write true or false')
      .default(false)
      .describe(
        'Whether a prefix list that is open to the internet may be replaced by its other entries, one rule each. ' +
          'Otherwise a person decides.',
      ),
    trustedSources: withFix(
      z.strictObject({
        cidrs: withFix(
          z.array(cidr).min(1).max(MAX_TRUSTED_CIDRS),
          `list 1 to ${String(MAX_TRUSTED_CIDRS)} address blocks`,
        ),
      }),
      'write { cidrs: [198.51.100.0/24, "2001:db8::/32"] }',
    )
      .optional()
      .describe('Who may still reach what `restrict` takes from the internet.'),
  })
  .refine(({ strategy, trustedSources }) => strategy !== 'restrict' || trustedSources !== undefined, {
    path: ['trustedSources'],
    message: 'is missing: restrict would close everything',
    when: ({ value }) => typeof value === 'object' && value !== null && 'strategy' in value,
  });

const ledger = z.strictObject({
  deletionProtection: withFix(z.boolean(), 'write true or false')
    .default(true)
    .describe('Refuses to delete the table that undo, audit and reports live from.'),
});

/** The whole of `portcullis.yaml`. Strict: a key that nobody reads is a mistake of whoever wrote it. */
export const configurationSchema = withFix(
  z.strictObject({
    prefix: prefix.default('Portcullis').describe('Begins the name of everything that Portcullis creates.'),
    organizationId: withFix(
      z.string().regex(/^o-[a-z0-9]{10,32}$/),
      'write the id of the organization as `aws organizations describe-organization` prints it, such as o-a1b2c3d4e5',
    ).describe('Roles are trusted within this AWS organization only.'),
    hub,
    members,
    automatic: withFix(
      z
        .array(withFix(z.enum(CONTROL_IDS), `write one of ${CONTROL_IDS.join(', ')}`))
        .refine(areDifferent, { message: 'names a control twice', when: ({ value }) => Array.isArray(value) }),
      `list some of ${CONTROL_IDS.join(', ')}, each once, or write []`,
    )
      .default([])
      .describe('Controls whose findings are closed with nobody watching. The others wait for the custom action.'),
    policy: policy.prefault({}),
    ledger: ledger.prefault({}),
    logRetentionDays: withFix(
      z.literal(LOG_RETENTION_DAYS),
      `write a retention that CloudWatch Logs offers: ${LOG_RETENTION_DAYS.join(', ')}`,
    )
      .default(90)
      .describe('Days that CloudWatch keeps the logs of the functions.'),
    alarmEmail: withFix(z.email(), 'write an e-mail address, or leave alarmEmail out')
      .optional()
      .describe('Who is told when Portcullis itself needs help. The address must confirm the subscription once.'),
    automationRules: automationRulesSchema
      .default([])
      .describe('Security Hub automation rules. They change findings as they are imported and close nothing.'),
    automationRuleRegions: regions
      .optional()
      .describe(
        'Regions that get the automation rules; members.regions when left out. A rule acts in its own Region only.',
      ),
  }),
  'start from portcullis.example.yaml',
);

export type Configuration = z.output<typeof configurationSchema>;
export type PolicyConfiguration = Configuration['policy'];
export type PortEntry = PolicyConfiguration['publicPorts']['tcp'][number];
