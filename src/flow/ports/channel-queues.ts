import type { PortResult } from './port-failure';

/** The queues that the notifier is fed by. */
export interface ChannelQueues {
  /** Of the channels that are configured. */
  readonly names: readonly string[];
  /**
   * @param channel one of `names`
   * @param body an event as EventBridge would put it there
   */
  send(channel: string, body: string): PortResult<void>;
}
