import { success } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import type { PortResult } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import type { MemberClientConfiguration } from './member-clients';
import type { MemberAccounts } from './member-credentials';

/** Sessions of the role in members for many places at a time. */
export interface MemberSessions {
  /** Configuration of a client in the place. Whoever makes the client destroys it. */
  configurationFor(place: Place, session: string): PortResult<MemberClientConfiguration>;
}

/** @param make a source of sessions that keeps its latest: one for each account */
export function createMemberSessions(make: () => MemberAccounts): MemberSessions {
  const byAccount = new Map<string, MemberAccounts>();
  return {
    async configurationFor(place, session) {
      const accounts = byAccount.get(place.account) ?? make();
      byAccount.set(place.account, accounts);
      const credentials = await accounts.credentialsFor(place, session);
      if (!credentials.ok) return credentials;
      return success({ ...clientSettings, region: place.region, credentials: credentials.value });
    },
  };
}
