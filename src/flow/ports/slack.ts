import type { SlackForm } from '../../core/messages/slack/forms';
import type { SlackMessage } from '../../core/messages/slack/blocks';
import type { MessagePlace } from '../../core/interactions/interaction';
import type { Result } from '../../core/result';
import type { PortResult } from './port-failure';

/** A request as it came in. */
export interface SlackRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes, untouched: what Slack signs. */
  readonly body: Uint8Array;
}

/** Who signed a request. */
export interface SlackSignatures {
  /** Whether Slack signed it for this app, within five minutes of now, either way. */
  isSigned(request: SlackRequest): PortResult<boolean>;
}

/** What did not work is a sentence for people. */
export type SlackResult<Value> = Promise<Result<Value, string>>;

/** Calls that whoever clicked waits for. */
export interface SlackWorkspace {
  /** Ids of the users of a group, as it was within the last minute. */
  fetchGroupMembers(group: string): SlackResult<readonly string[]>;
  /** Replaces all of a message of ours. */
  updateMessage(place: MessagePlace, message: SlackMessage): SlackResult<void>;
  /** Shows whoever clicked a form, within three seconds of their click. */
  openForm(triggerId: string, form: SlackForm): SlackResult<void>;
  /** Says something to whoever clicked, and to nobody else. */
  replyEphemerally(responseUrl: string, text: string): SlackResult<void>;
}

/** Requests that came in, so that none is taken twice. */
export interface SeenRequests {
  /**
   * Remembers a request; false where it was there already, by whatever function.
   *
   * @param id of the request alone, such as its signature
   * @param until when a request that comes again is too old anyway
   */
  takeOnce(id: string, until: Date): PortResult<boolean>;
}
