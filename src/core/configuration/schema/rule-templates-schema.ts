import * as z from 'zod';
import { SECURITY_HUB_CONTROLS } from '../../controls/control-id';
import { accountId } from './account-id';
import { mapFilter, ruleName, ruleOrder, text } from './automation-rule-schema';
import { withFix } from './fixes';
import { mayConcernOurs } from '../mistakes/rules-that-fight';

const some = <Item extends z.ZodType>(item: Item, fix: string) => withFix(z.array(item).min(1), fix);

const controlId = withFix(z.string().regex(/^[A-Za-z0-9]+\.\d+$/), 'write the id of a control, such as S3.8');
const accounts = some(
  accountId,
  'list the 12 digits of account ids in quotes, such as ["111111111111"]',
).exactOptional();
const tags = some(
  mapFilter,
  'list tags of the resource, such as [{ key: environment, value: production }]',
).exactOptional();
const resources = some(text(512), 'list ARNs of resources, such as that of a bucket').exactOptional();

const raiseSeverity = withFix(
  z
    .strictObject({
      name: ruleName,
      order: ruleOrder,
      severity: withFix(z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']), 'write LOW, MEDIUM, HIGH or CRITICAL'),
      accounts,
      tags,
      controls: some(controlId, 'list controls, such as [EC2.13, S3.8]').default([...SECURITY_HUB_CONTROLS]),
    })
    .superRefine((rule, context) => {
      if (rule.accounts !== undefined || rule.tags !== undefined) return;
      const fix = 'name accounts or tags; the severity of a control in all accounts is Security Hub’s to say';
      context.addIssue({ code: 'custom', message: 'is for every account', params: { fix } });
    }),
  'write { name: Production first, order: 10, severity: CRITICAL, tags: [{ key: environment, value: production }] }',
);

/** What Portcullis may close says on its own findings what it did: no rule writes over that. */
const controlsOfOthers = some(
  controlId.superRefine((id, context) => {
    if (!mayConcernOurs({ ComplianceSecurityControlId: [id] })) return;
    const message = 'is a control that Portcullis closes, whose findings it writes on itself';
    const fix = 'leave it out; what may stay open for a while stands under exceptions, port by port, with its end';
    context.addIssue({ code: 'custom', message, params: { fix } });
  }),
  'list controls that Portcullis does not close, such as [S3.8]',
);

/** A day, at whose beginning it ends, or a moment. */
const until = withFix(
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/)
    .refine((value) => isThere(value), { message: 'is no day of the calendar' }),
  'write a day such as 2027-01-31, on which it ends at 00:00 UTC, or a moment such as 2027-01-31T18:00:00Z',
);

/** Date.parse takes 30 February for 2 March. */
function isThere(value: string): boolean {
  const millis = Date.parse(value);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(value.slice(0, 10));
}

const suppressUntil = withFix(
  z
    .strictObject({
      name: ruleName,
      order: ruleOrder,
      controls: controlsOfOthers,
      accounts,
      tags,
      resources,
      reason: withFix(text(256), 'say in 1 to 256 characters why it is accepted'),
      until,
      securityHub: withFix(z.literal('cspm'), 'write cspm, or leave it out').exactOptional(),
    })
    .superRefine((rule, context) => {
      if (rule.accounts !== undefined || rule.tags !== undefined || rule.resources !== undefined) return;
      const fix = 'name accounts, tags or resources';
      context.addIssue({ code: 'custom', message: 'is for every resource of every account', params: { fix } });
    }),
  'write { name: Public site, order: 20, controls: [S3.8], accounts: ["222222222222"], reason: a web site, ' +
    'until: 2027-01-31 }',
);

const note = withFix(
  z.strictObject({
    name: ruleName,
    order: ruleOrder,
    controls: controlsOfOthers,
    accounts,
    tags,
    note: withFix(text(512), 'write 1 to 512 characters'),
  }),
  'write { name: Who owns S3, order: 30, controls: [S3.8], note: "Ask #storage first." }',
);

/** Common automation rules of which only what differs is written. */
export const ruleTemplatesSchema = withFix(
  z.strictObject({
    raiseSeverity: withFix(z.array(raiseSeverity), 'list what raises the severity of findings')
      .default([])
      .describe('Failing findings of accounts or of tagged resources get a higher severity; none gets a lower one.'),
    suppressUntil: withFix(z.array(suppressUntil), 'list what is accepted until a day')
      .default([])
      .describe(
        'Findings of controls that Portcullis does not close are SUPPRESSED until a day, and NEW again after it.',
      ),
    notes: withFix(z.array(note), 'list what is written on findings')
      .default([])
      .describe('Findings of controls that Portcullis does not close get a note.'),
  }),
  'write some of raiseSeverity, suppressUntil and notes',
);

export type RuleTemplates = z.output<typeof ruleTemplatesSchema>;
