import type { PortResult } from './port-failure';

/** Messages that nobody will work on, with the reason, for people to read and replay. */
export interface DeadLetters {
  save(message: { readonly body: string; readonly reason: string }): PortResult<void>;
}
