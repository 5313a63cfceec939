import type { KnownFinding, OwnFinding } from '../../core/detection/own-finding';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** The member's CloudTrail names it in every call that a read of a target makes. */
export const DETECTION_SESSION = 'detection';

/** Security Hub in the account and Region that own a target: there an account imports findings about itself. */
export interface MemberFindings {
  /** Those of our own product under these ids, as far as Security Hub shows them already; at most 20 ids. */
  fetchOwn(target: Target, ids: readonly string[]): PortResult<readonly KnownFinding[]>;
  /** All or a failure: one that Security Hub does not take is a failure. At most 100. */
  importOwn(target: Target, findings: readonly OwnFinding[]): PortResult<void>;
}
