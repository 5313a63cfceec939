import type { DeliveryFailure } from './channel';
import type { PortResult } from './port-failure';

/** How a receiver answered when it was looked at. */
export interface LookedAt {
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
  /** Has every receiver looked at that is configured; nothing is sent to any. */
  look(): PortResult<readonly LookedAt[]>;
}
