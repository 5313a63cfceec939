import * as z from 'zod';
import { DEFAULT_WITHIN, durationSeconds, NEVER, SILENCES } from '../../questions/ask-terms';
import { withFix } from './fixes';

/** A schedule is made for each, and a question that is open for a year is nobody's. */
const LONGEST_DAYS = 90;

const duration = withFix(
  z
    .string()
    .refine((text) => (durationSeconds(text) ?? 0) >= 300 && (durationSeconds(text) ?? 0) <= LONGEST_DAYS * 86_400),
  `write minutes, hours or days from 5m to ${String(LONGEST_DAYS)}d, such as 24h`,
);

/** A user or a user group of Slack, or a principal of IAM by its ARN or name, in which `*` is any text. */
const APPROVER = /^(slack:[USW][A-Z0-9]{2,30}|arn:[^\s]+|(role|user):[\w+=,.@*-]{1,128})$/;

/** Who may decide. */
export const approvers = withFix(
  z
    .array(
      withFix(
        z.string().regex(APPROVER),
        'write slack:U0456EFGH, slack:S0123ABCD (a user group), role:SecurityLead, user:alice or the ARN of an IAM principal, with * for any text',
      ),
    )
    .min(1),
  'list who may answer, such as [role:SecurityLead, slack:S0123ABCD], or leave approvers out for everybody who may send commands',
);

/** A second group, for questions that the first has not answered. */
const escalate = withFix(
  z.strictObject({
    to: approvers.describe('Who is asked as well, and may answer from then on.'),
    after: duration
      .exactOptional()
      .describe('After how long, such as 18h. Left out: after three quarters of the time that it may be answered.'),
  }),
  'write { to: [slack:S0456EFGH], after: 18h }, or leave escalate out',
);

/** `ask` of an entry of `decisions`. */
export const askSchema = withFix(
  z
    .strictObject({
      approvers: approvers.exactOptional().describe('Who may answer. Left out: everybody who may send commands.'),
      within: duration
        .exactOptional()
        .describe(`How long it may be answered, such as 24h. Left out: ${DEFAULT_WITHIN}.`),
      remindAfter: withFix(
        z.union([duration, z.literal(NEVER)]),
        `write minutes, hours or days from 5m to ${String(LONGEST_DAYS)}d, such as 12h, or never`,
      )
        .exactOptional()
        .describe('After how long people are reminded once, such as 12h, or never. Left out: after half of its time.'),
      escalate: escalate
        .exactOptional()
        .describe('Who else is asked where nobody has answered by then. Left out: nobody.'),
      onSilence: withFix(z.enum(SILENCES), `write one of ${SILENCES.join(', ')}`)
        .exactOptional()
        .describe('What becomes of it when nobody answers in time: close, or leave (as it is). Left out: leave.'),
    })
    .superRefine(({ approvers: asked, within = DEFAULT_WITHIN, remindAfter, escalate: others }, context) => {
      const isLate = (text = '') => (durationSeconds(text) ?? 0) >= (durationSeconds(within) ?? 0);
      const fix = `write less than within, which is ${within}`;
      for (const [path, text] of [
        [['remindAfter'], remindAfter],
        [['escalate', 'after'], others?.after],
      ] as const) {
        if (text === undefined || !isLate(text)) continue;
        context.addIssue({ code: 'custom', path: [...path], message: 'is not before the end', params: { fix } });
      }
      if (others === undefined || asked !== undefined) return;
      const message = 'is to others, where everybody may answer';
      const params = { fix: 'list who is asked first in approvers, or leave escalate out' };
      context.addIssue({ code: 'custom', path: ['escalate'], message, params });
    }),
  'write { approvers: [role:SecurityLead], within: 24h, remindAfter: 12h, onSilence: leave }',
);
