import type { ControlId } from '../controls/control-id';
import type { Violation } from '../planning/plan';
import type { Target } from '../target';

/** What a sweep found in one account and Region. Plain data: it is stored in the ledger and printed. */
export interface SweptPlace {
  readonly account: string;
  readonly region: string;
  readonly securityGroups: number;
  readonly networkAcls: number;
  /** Those that violate something, in EC2's order. */
  readonly targets: readonly SweptTarget[];
  /** The place itself, or a target in it: nothing of what is not known is left out in silence. */
  readonly unreadable: readonly Unreadable[];
}

/** A target that violates controls, with what of it does. */
export interface SweptTarget {
  readonly target: Target;
  readonly controls: readonly ControlId[];
  readonly violations: readonly Violation[];
}

export interface Unreadable {
  readonly account: string;
  readonly region: string;
  /** `sg-…` or `acl-…` where the rest of the place could be read. */
  readonly target?: string;
  /** That nothing there could be held against, where all else could. */
  readonly control?: ControlId;
  readonly reason: string;
}
