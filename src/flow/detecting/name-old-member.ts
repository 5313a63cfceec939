import type { Place } from '../../core/sweeping/place';
import type { MemberVersions, PortFailure } from '../ports';

/**
 * Says of a call that a member denied whether the member stack there is of another version than the hub: what this
 * version reads and imports, the roles of another may not.
 *
 * @param memberVersions without it nobody looks
 */
export async function nameOldMember(
  error: PortFailure,
  place: Place,
  session: string,
  { memberVersions }: { readonly memberVersions?: MemberVersions },
): Promise<PortFailure> {
  if (error.code !== 'access-denied') return error;
  const other = await memberVersions?.describeOther(place, session);
  return other === undefined ? error : { ...error, cause: `${other} ${error.cause}` };
}
