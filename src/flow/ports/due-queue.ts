import type { PortResult } from './port-failure';
import type { DueMessage } from './schedules';

/** The queue that schedules send to, for what is due at once. */
export interface DueQueue {
  /** May be repeated: whoever takes it asks the ledger whether it is still due. */
  send(message: DueMessage): PortResult<void>;
}
