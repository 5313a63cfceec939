import * as z from 'zod';
import { DEFAULT_WITHIN, durationSeconds, SILENCES } from '../questions/ask-terms';
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

/** `ask` of an entry of `decisions`. */
export const askSchema = withFix(
  z
    .strictObject({
      approvers: approvers.exactOptional().describe('Who may answer. Left out: everybody who may send commands.'),
      within: duration
        .exactOptional()
        .describe(`How long it may be answered, such as 24h. Left out: ${DEFAULT_WITHIN}.`),
      remindAfter: duration
        .exactOptional()
        .describe('After how long people are reminded once, such as 12h. Left out: not at all.'),
      onSilence: withFix(z.enum(SILENCES), `write one of ${SILENCES.join(', ')}`)
        .exactOptional()
        .describe('What becomes of it when nobody answers in time: close, or leave (as it is). Left out: leave.'),
    })
    .superRefine(({ within = DEFAULT_WITHIN, remindAfter }, context) => {
      if (remindAfter === undefined || (durationSeconds(remindAfter) ?? 0) < (durationSeconds(within) ?? 0)) return;
      const fix = `write less than within, which is ${within}`;
      context.addIssue({ code: 'custom', path: ['remindAfter'], message: 'is not before the end', params: { fix } });
    }),
  'write { approvers: [role:SecurityLead], within: 24h, remindAfter: 12h, onSilence: leave }',
);
