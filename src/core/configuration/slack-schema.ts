import * as z from 'zod';
import { withFix } from './fixes';

const APPROVER = /^slack:[USW][A-Z0-9]{2,30}$/;

/** Of `notifications.slack`, beside what every channel has. */
export const slackFields = {
  channel: withFix(
    z.string().regex(/^[CG][A-Z0-9]{8,20}$/),
    'write the id of a channel, which stands at the end of its details, such as C0123ABCD, and not its name',
  ).describe('The app must be a member of it.'),
  approvers: withFix(
    z
      .array(
        withFix(
          z.string().regex(APPROVER),
          'write slack:U0456EFGH (a user) or slack:S0123ABCD (a user group), by id and never by name',
        ),
      )
      .min(1),
    'list who may answer, such as [slack:S0123ABCD], or leave approvers out',
  )
    .exactOptional()
    .describe(
      'Who may answer, in Slack, questions whose entry names no approvers: those of guards, of the brake and of plans. Left out: nobody.',
    ),
};
