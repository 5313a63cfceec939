import * as z from 'zod';
import { durationSeconds } from '../../questions/ask-terms';
import { withFix } from './fixes';

const APPROVER = /^slack:[USW][A-Z0-9]{2,30}$/;

/** A message is not looked for after a month, and an undo asks whether it is still wanted then. */
const LONGEST_UNDO_DAYS = 30;

const peopleOfSlack = (what: string) =>
  withFix(
    z
      .array(
        withFix(
          z.string().regex(APPROVER),
          'write slack:U0456EFGH (a user) or slack:S0123ABCD (a user group), by id and never by name',
        ),
      )
      .min(1),
    `list who may ${what}, such as [slack:S0123ABCD], or leave approvers out`,
  ).exactOptional();

/** Who takes a closing back by a button, and how long. */
const undo = withFix(
  z.strictObject({
    within: withFix(
      z.string().refine((text) => {
        const seconds = durationSeconds(text) ?? 0;
        return seconds >= 300 && seconds <= LONGEST_UNDO_DAYS * 86_400;
      }),
      `write minutes, hours or days from 5m to ${String(LONGEST_UNDO_DAYS)}d, such as 24h`,
    ).describe('How long after a closing its message offers Undo, such as 24h.'),
    approvers: peopleOfSlack('undo').describe('Who may undo in Slack. Left out: those of slack.approvers.'),
  }),
  'write { within: 24h, approvers: [slack:S0123ABCD] }, or leave undo out',
);

/** Of `notifications.slack`, beside what every channel has. */
export const slackFields = {
  channel: withFix(
    z.string().regex(/^[CG][A-Z0-9]{8,20}$/),
    'write the id of a channel, which stands at the end of its details, such as C0123ABCD, and not its name',
  ).describe('The app must be a member of it.'),
  approvers: peopleOfSlack('answer').describe(
    'Who may answer, in Slack, questions whose entry names no approvers: those of guards, of the brake and of plans. Left out: nobody.',
  ),
  undo: undo
    .exactOptional()
    .describe('Lets people of Slack undo a closing by a button, which opens again what it closed. Left out: nobody.'),
};

/** An Undo that nobody may click would be a button for nobody. */
export function findUndoOfNobody(slack: {
  readonly approvers?: readonly string[];
  readonly undo?: { readonly approvers?: readonly string[] };
}): boolean {
  return slack.undo !== undefined && slack.undo.approvers === undefined && slack.approvers === undefined;
}
