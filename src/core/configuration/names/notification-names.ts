import type { ChannelName } from '../../messages/channel-name';

/** The names of what notifies channels, all from the deployment's prefix. */
export interface NotificationNames {
  readonly function: string;
  readonly functionRole: string;
  /** What mail goes by. */
  readonly mailTopic: string;
  rule(channel: ChannelName): string;
  queue(channel: ChannelName): string;
  deadLetters(channel: ChannelName): string;
  /** What alarms are called by, behind the prefix. */
  alarm(channel: ChannelName): string;
}

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toNotificationNames(prefix: string): NotificationNames {
  return {
    function: `${prefix}-Notifier`,
    functionRole: `${prefix}-Notifier`,
    mailTopic: `${prefix}-Notifications`,
    rule: (channel) => `${prefix}-Notify-${channel}`,
    queue: (channel) => `${prefix}-Notify-${channel}`,
    deadLetters: (channel) => `${prefix}-Notify-${channel}-DeadLetters`,
    alarm: (channel) => `NotificationsDeadLetters-${channel}`,
  };
}
