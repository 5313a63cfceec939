import type { Mail } from '../../core/messages/email/render-mail';
import type { PortResult } from './port-failure';

/** The topic that people are subscribed to by mail. */
export interface MailTopic {
  /** Sends it to all subscribers. */
  publish(mail: Mail): PortResult<void>;
}
