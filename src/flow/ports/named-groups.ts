import type { Place } from '../../core/sweeping/place';
import type { PortResult } from './port-failure';

/** Security groups that a call named by their name alone, which works in a default VPC only. */
export interface NamedGroups {
  /** EC2 DescribeSecurityGroups: the id, or none where the default VPC has no group of that name (any more). */
  fetchIds(place: Place, name: string, session: string): PortResult<readonly string[]>;
}
