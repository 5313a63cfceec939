import type { PortResult } from './port-failure';
import type { DueMessage } from './schedules';

/** The queue that schedules send to, for what is due at once. */
export interface DueQueue {
  send(message: DueMessage): PortResult<void>;
}
