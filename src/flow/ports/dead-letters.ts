import type { PortResult } from './port-failure';

/** Messages that nobody will work on, with the reason, for people to read and replay. */
export interface DeadLetters {
  /** Keeps a message as it came, with the reason why it cannot be handled. */
  save(message: { readonly body: string; readonly reason: string }): PortResult<void>;
}
