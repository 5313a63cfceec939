import type { SlackRights } from '../../core/interactions/slack-rights';
import * as z from '../../core/zod-mini';

/** Who may do what in Slack, as the stack passes it to functions. */
export function slackRightsSchema(): z.ZodMiniType<SlackRights> {
  const people = z.array(z.string());
  return z.strictObject({
    approvers: people,
    undo: z.exactOptional(
      z.strictObject({ withinMinutes: z.number().check(z.positive()), approvers: people.check(z.minLength(1)) }),
    ),
    granters: z.exactOptional(people.check(z.minLength(1))),
  });
}
