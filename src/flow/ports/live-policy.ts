import type { PolicyMark } from '../../core/policy/policy-mark';
import type { PortResult } from './port-failure';

/** The policy as it is deployed now: an execution goes by that of the version in which it began. */
export interface LivePolicy {
  /** The mark of the version that asks. */
  readonly own: PolicyMark;
  /** The mark of what is deployed now. */
  fetchMark(): PortResult<PolicyMark>;
}
