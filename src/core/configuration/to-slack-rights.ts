import type { SlackRights } from '../interactions/slack-rights';
import { durationSeconds } from '../questions/ask-terms';
import type { Configuration } from './schema/configuration-schema';

/** Who may do what in Slack, as a whole configuration says it; undefined where Slack is not notified of anything. */
export function toSlackRights({ notifications, grants }: SlackParts): SlackRights | undefined {
  const { slack } = notifications ?? {};
  if (slack === undefined) return undefined;
  const { approvers = [], undo } = slack;
  // What a session of IAM may open, nobody in Slack may: only who is named there.
  const granters = ofSlack(grants?.approvers);
  return {
    approvers,
    ...(undo === undefined
      ? {}
      : {
          undo: {
            withinMinutes: (durationSeconds(undo.within) ?? 0) / 60,
            approvers: undo.approvers ?? approvers,
          },
        }),
    ...(granters.length === 0 ? {} : { granters }),
  };
}

/** What the notifier goes by; undefined where Slack is not configured. */
export function toSlackSettings(configuration: SlackParts): SlackSettings | undefined {
  const { slack } = configuration.notifications ?? {};
  const rights = toSlackRights(configuration);
  if (slack === undefined || rights === undefined) return undefined;
  return { channel: slack.channel, secretName: slack.secretName, rights };
}

interface SlackSettings {
  readonly channel: string;
  readonly secretName: string;
  readonly rights: SlackRights;
}

/** What of a configuration says who may do what in Slack. */
export type SlackParts = Pick<Configuration, 'notifications' | 'grants'>;

/** Whether anybody may click anything: without that there is no address that Slack, or anybody else, could reach. */
export function hasSlackButtons(configuration: SlackParts & Pick<Configuration, 'decisions'>): boolean {
  const rights = toSlackRights(configuration);
  if (rights === undefined) return false;
  const { approvers, undo, granters } = rights;
  const answers = configuration.decisions.flatMap(({ ask }) => [
    ...(ask?.approvers ?? []),
    ...(ask?.escalate?.to ?? []),
  ]);
  return approvers.length > 0 || undo !== undefined || granters !== undefined || ofSlack(answers).length > 0;
}

function ofSlack(approvers: readonly string[] = []): readonly string[] {
  return approvers.filter((approver) => approver.startsWith('slack:'));
}
