import type { DeliveryFailure } from './channel';
import type { PortResult } from './port-failure';

/** How a receiver answered when it was probed. */
export interface ProbedReceiver {
  /** Of the channel, such as `slack`. */
  readonly channel: string;
  /** What the notifier reads to be taken there. */
  readonly secretName: string;
  readonly answer: 'taken' | DeliveryFailure['code'];
  /** A phrase for people. */
  readonly found: string;
}

/** Whoever holds the secrets of channels. */
export interface Receivers {
  /** Probes every receiver that is configured; nothing is sent to any. */
  probe(): PortResult<readonly ProbedReceiver[]>;
}
