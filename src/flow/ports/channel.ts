import type { Result } from '../../core/result';
import type { Notice } from '../../core/messages/notice';
import type { Thread } from '../../core/messages/thread';

/**
 * What a receiver calls what it was sent, by names of the channel: kept for whatever is sent about the target later.
 */
export type ReceiverKeys = Readonly<Record<string, string>>;

/** A request that a receiver did not take, in terms that no receiver's API leaks into. */
export interface DeliveryFailure {
  readonly code:
    | 'throttled'
    /** No answer, an answer too late, or a transient failure. */
    | 'unavailable'
    /** It answered something that is no answer of its API. */
    | 'not-understood'
    /** It does not take our secret, or it is not there, or not of the form that the channel needs. */
    | 'unauthorized'
    /** The same request can never work. */
    | 'refused';
  /** The same request may work later. */
  readonly retryable: boolean;
  /** So long the receiver wants to be left alone. */
  readonly retryAfterSeconds?: number;
  /** A sentence for people: what was tried, and what the receiver said. */
  readonly cause: string;
}

/** What a probe of a receiver showed, in a phrase such as `taken as portcullis of Example`. */
export type ReceiverProbe = Promise<Result<string, DeliveryFailure>>;

export type DeliveryResult = Promise<Result<ReceiverKeys, DeliveryFailure>>;

/** One request to a receiver. */
export interface Delivery {
  /** Names it within its notice: what was done is not done again when the message comes again. */
  readonly id: string;
  /**
   * @param keys what the receiver calls it by now; answers what it calls it from now on, nothing where that is the same
   * @param mayBeSent an earlier try ended without a clear answer: the receiver may have taken it
   */
  send(keys: ReceiverKeys, mayBeSent: boolean): DeliveryResult;
}

/** How one receiver is notified. */
export interface Channel {
  /** It holds something open until it is notified that the matter is over: that passes its filters then. */
  readonly keepsMatters: boolean;
  /** It wants every event that passes its filters, also of what is quietly over that it was never notified of. */
  readonly isLog?: true;
  /**
   * What is to be sent about a notice, in order; the same for the same arguments.
   * @param thread as it was before anything of the notice was sent; of one that is late, as it is now
   * @param overtaken something newer about the target was sent already
   * @param isLate an earlier try may have done something, and something newer is done with since: what is not so any
   *   more is set right
   */
  deliveriesOf(notice: Notice, thread: Thread, overtaken: boolean, isLate: boolean): readonly Delivery[];
  /**
   * Probes whether the receiver takes our secret, by a call that sends and changes nothing; where its API has none,
   * only whether the secret is there and of its form. Missing where there is no secret.
   */
  probeReceiver?(): ReceiverProbe;
}
