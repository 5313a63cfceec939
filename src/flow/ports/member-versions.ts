import type { Place } from '../../core/sweeping/place';

/** Which version of the member stack is in an account and Region. */
export interface MemberVersions {
  /**
   * SSM GetParameter, with the role that works there. A sentence where the member stack is of another version than the
   * hub's, or does not say which; undefined where they go together.
   */
  describeOther(place: Place, session: string): Promise<string | undefined>;
}
