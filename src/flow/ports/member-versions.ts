import type { Target } from '../../core/target';

/** Which version of the member stack is where a target is. */
export interface MemberVersions {
  /**
   * SSM GetParameter, with the member role. A sentence where the member stack is of another version than the hub's, or
   * does not say which; undefined where they go together.
   */
  describeOther(target: Target, remediationId: string): Promise<string | undefined>;
}
