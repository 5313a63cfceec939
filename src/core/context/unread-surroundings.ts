import { failure } from '../result';
import type { Surroundings } from './surroundings';

/** Nothing around a target could be read, for one reason. */
export function unreadSurroundings(reason: string): Surroundings {
  const unread = failure(reason);
  return {
    interfaces: unread,
    subnetIds: [],
    instances: unread,
    agents: unread,
    associations: unread,
    routeTables: unread,
    networkAcls: unread,
    publicAccess: unread,
    fronts: unread,
    balancers: unread,
    trail: unread,
    account: unread,
  };
}
