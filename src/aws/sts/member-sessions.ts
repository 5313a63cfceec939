import { success } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import type { PortResult } from '../../flow/ports';
import { makeMemberClient, type MemberClientConfiguration } from './member-clients';
import type { MemberAccounts } from './member-credentials';
import type { AskedClient } from './region-evidence';

/** Sessions of the role in members for many places at a time. */
export interface MemberSessions {
  /** A client of some service in the place. Whoever asks destroys it. */
  clientFor<Client extends AskedClient>(
    place: Place,
    session: string,
    make: (configuration: MemberClientConfiguration) => Client,
  ): PortResult<Client>;
}

/** @param make a source of sessions that keeps its latest: one for each account */
export function createMemberSessions(make: () => MemberAccounts): MemberSessions {
  const byAccount = new Map<string, MemberAccounts>();
  return sessionsOf(({ account }) => {
    const accounts = byAccount.get(account) ?? make();
    byAccount.set(account, accounts);
    return accounts;
  });
}

/** @param accountsOf who has the sessions of a place */
export function sessionsOf(accountsOf: (place: Place) => MemberAccounts): MemberSessions {
  return {
    async clientFor(place, session, make) {
      const credentials = await accountsOf(place).credentialsFor(place, session);
      return credentials.ok ? success(makeMemberClient(place, credentials.value, make)) : credentials;
    },
  };
}
