import * as z from 'zod';
import { accountId } from './account-id';
import { acceptRiskSchema } from './accept-risk-schema';
import { automaticSchema } from './automatic-schema';
import { brakeSchema } from './brake-schema';
import { automationRulesSchema } from './automation-rule-schema';
import { dashboardSchema } from './dashboard-schema';
import { detectionSchema } from './detection-schema';
import { drillSchema, findIdleDrillRegions } from './drill-schema';
import { BASELINE } from '../../controls/control-id';
import { withFix } from './fixes';
import { decisionsSchema, findRegionsOfNobody, guardsSchema } from './decisions-schema';
import { contextSettingsSchema } from './context-settings-schema';
import { flowLogsSchema } from './flow-logs-schema';
import { grantsSchema } from './grants-schema';
import { isolationSchema } from './isolation-schema';
import { exceptionsSchema } from './exceptions-schema';
import { areDifferent } from './lists';
import { insightsSchema } from './insights-schema';
import { findRuleMistakes } from '../mistakes/find-rule-mistakes';
import { findStrangers } from '../mistakes/one-partition';
import { notificationsSchema } from './notifications-schema';
import { findWhatNeedsCspm, securityHubSchema } from './security-hub-schema';
import { findTicketsWithoutV2 } from './security-hub-tickets-schema';
import { MAX_POLICY_CHARACTERS, policySchema } from './policy-schema';
import { reportsSchema } from './reports-schema';
import { rolloutSchema } from './rollout-schema';
import { ruleTemplatesSchema } from './rule-templates-schema';
import { automaticControls, toDecisions } from '../to-decisions';
import { toPolicy } from '../to-policy';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const prefix = withFix(
  // The longest derived name with the lowest limit is a custom action id: `<prefix>Isolate` in 20 alphanumeric
  // characters. SSM refuses document names that begin with aws, amazon or amzn, and every account has an event bus
  // named default.
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{1,11}$/)
    .regex(/^(?![Aa][Ww][Ss]|[Aa][Mm][Aa][Zz][Oo][Nn]|[Aa][Mm][Zz][Nn]|[Dd][Ee][Ff][Aa][Uu][Ll][Tt]$)/),
  'write 2 to 12 letters and digits, a letter first, not default, and not aws, amazon or amzn at the start, such as Portcullis',
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

const hub = withFix(
  z.strictObject({
    account: accountId.describe('The account that is the delegated administrator of Security Hub.'),
    aggregationRegion: region.describe('The Region that Security Hub aggregates findings into. Portcullis runs there.'),
    customActions: withFix(
      z.enum(['resource', 'function']),
      'write resource or function, or leave it out: then the Region decides',
    )
      .optional()
      .describe(
        'How the custom actions are made: by CloudFormation itself (`resource`), which only some Regions can, or by a function ' +
          'of ours (`function`). Left out, the Region decides. A deployment keeps what it began with.',
      ),
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

const ledger = z.strictObject({
  deletionProtection: withFix(z.boolean(), 'write true or false')
    .default(true)
    .describe('Refuses to delete the table that undo, audit and reports live from.'),
});

/** The whole of `portcullis.yaml`. Strict: a key that nobody reads is a mistake of whoever wrote it. */
export const configurationSchema = withFix(
  z
    .strictObject({
      prefix: prefix.default('Portcullis').describe('Begins the name of everything that Portcullis creates.'),
      organizationId: withFix(
        z.string().regex(/^o-[a-z0-9]{10,32}$/),
        'write the id of the organization as `aws organizations describe-organization` prints it, such as o-a1b2c3d4e5',
      ).describe('Roles are trusted within this AWS organization only.'),
      hub,
      members,
      rollout: rolloutSchema
        .optional()
        .describe(
          'How the member stack comes into the accounts of the organization: by one StackSet. Left out, nobody makes one, and ' +
            '`npx cdk deploy --all` deploys every stack.',
        ),
      securityHub: securityHubSchema
        .default('cspm')
        .describe(
          'Which Security Hub findings are taken from and updated: `cspm` (ASFF), the newer `v2` (OCSF), or `both`, where one ' +
            'finding has a face in each and both are updated.',
        ),
      automatic: automaticSchema
        .default([])
        .describe(
          'Controls whose findings are closed with nobody watching, or { controls, include, exclude } for some targets only. The ' +
            'others wait for the custom action.',
        ),
      brake: brakeSchema
        .prefault({})
        .describe(
          'How many closings that nobody chose may begin within so many minutes, over all accounts. One more, and everything ' +
            'asks until `portcullis brake release`.',
        ),
      detection: detectionSchema
        .optional()
        .describe('What finds openings beside the checks of Security Hub itself. Left out: nothing does.'),
      context: contextSettingsSchema
        .prefault({})
        .describe('What is read around a target before something is decided about it.'),
      flowLogs: flowLogsSchema
        .optional()
        .describe('Where VPC flow logs are, to know whether what is open is used. Left out, nobody looks.'),
      decisions: decisionsSchema
        .default([])
        .describe(
          'Who decides about findings that nobody chose: the first entry that matches. Where none does, it is left with a ' +
            'note. With entries, `automatic` must be empty.',
        ),
      guards: guardsSchema.prefault({}).describe('What asks a person whatever `decisions` and `automatic` say.'),
      exceptions: exceptionsSchema
        .default([])
        .describe(
          'Risks that are accepted until a day: what stays open on the targets named, whoever wants it closed.',
        ),
      acceptRisk: acceptRiskSchema.prefault({}),
      grants: grantsSchema
        .optional()
        .describe('What somebody may have opened for a while, by `portcullis open`. Left out: nothing.'),
      isolation: isolationSchema
        .optional()
        .describe(
          'Offers the custom action Isolate for findings about instances and network interfaces. Left out: nothing is isolated.',
        ),
      policy: policySchema.prefault({}),
      drill: drillSchema
        .optional()
        .describe('Where drills may prove that the whole chain works, and when. Left out: nowhere.'),
      ledger: ledger.prefault({}),
      logRetentionDays: withFix(
        z.literal(LOG_RETENTION_DAYS),
        `write a retention that CloudWatch Logs offers: ${LOG_RETENTION_DAYS.join(', ')}`,
      )
        .default(90)
        .describe('Days that CloudWatch keeps the logs of the functions.'),
      alarmEmail: withFix(z.email(), 'write an e-mail address, or leave alarmEmail out')
        .optional()
        .describe('Who is notified when Portcullis itself needs help. The address must confirm the subscription once.'),
      notifications: notificationsSchema
        .optional()
        .describe(
          'Who is notified of what Portcullis did, and what it needs of people. Left out: nobody but Security Hub.',
        ),
      reports: reportsSchema
        .optional()
        .describe('Reports that are made on a schedule and kept in a bucket of the hub account. Left out: none.'),
      dashboard: dashboardSchema,
      insights: insightsSchema,
      automationRules: automationRulesSchema
        .default([])
        .describe('Security Hub automation rules. They change findings as they are imported and close nothing.'),
      ruleTemplates: ruleTemplatesSchema
        .prefault({})
        .describe('Automation rules for what is common: a higher severity, what is accepted until a day, notes.'),
      automationRuleRegions: regions
        .optional()
        .describe(
          'Regions that get the automation rules; members.regions when left out. A rule acts in its own Region only.',
        ),
    })
    .superRefine((configuration, context) => {
      for (const { path, message } of findStrangers(configuration)) context.addIssue({ code: 'custom', path, message });
      for (const { path, message } of findRegionsOfNobody(configuration, configuration.members.regions)) {
        context.addIssue({ code: 'custom', path, message });
      }
      if (configuration.decisions.length > 0 && configuration.automatic.length > 0) {
        const message = 'decides nothing beside decisions';
        const fix = 'write entries with do: auto into decisions, and remove automatic';
        context.addIssue({ code: 'custom', path: ['automatic'], message, params: { fix } });
      }
      if (
        configuration.detection?.baseline === undefined &&
        automaticControls(configuration.automatic).includes(BASELINE)
      ) {
        const message = 'has baseline, and detection names none';
        const fix = 'write detection: { baseline: { tcp: [22, 3389] } }, or leave baseline out';
        context.addIssue({ code: 'custom', path: ['automatic'], message, params: { fix } });
      }
      for (const { path, message, fix } of [
        ...findWhatNeedsCspm(configuration),
        ...findTicketsWithoutV2(configuration),
        ...findIdleDrillRegions(configuration),
      ]) {
        context.addIssue({ code: 'custom', path: [...path], message, params: { fix } });
      }
      for (const { path, message, fix } of findRuleMistakes(configuration)) {
        context.addIssue({ code: 'custom', path, message, params: { fix } });
      }
      const isLong = JSON.stringify(toPolicy(configuration)).length > MAX_POLICY_CHARACTERS;
      if (isLong && configuration.exceptions.length > 0) {
        const message = 'are more than a policy may hold with the rest of it (64,000 characters)';
        context.addIssue({ code: 'custom', path: ['exceptions'], message, params: { fix: 'write fewer entries' } });
      } else if (isLong && toDecisions(configuration).length > 0) {
        const message = 'are more than a policy may hold with the rest of it (64,000 characters)';
        const path = [configuration.decisions.length > 0 ? 'decisions' : 'automatic'];
        context.addIssue({ code: 'custom', path, message, params: { fix: 'write fewer entries' } });
      }
    }),
  'start from portcullis.example.yaml',
);

export type Configuration = z.output<typeof configurationSchema>;
