import type { PortResult } from './port-failure';

/** When a message comes again. */
export interface Redelivery {
  /**
   * @param receipt what SQS handed the message out with
   * @param seconds at most 12 hours since it was handed out
   */
  delay(receipt: string, seconds: number): PortResult<void>;
}
