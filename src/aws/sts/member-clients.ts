import { success } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import type { PortResult } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import type { MemberAccounts, MemberCredentials } from './member-credentials';
import { reportDisabledRegion, type AskedClient } from './region-evidence';

export type MemberClients<Client> = (place: Place, remediationId: string) => PortResult<Client>;

export type MemberClientConfiguration = typeof clientSettings & {
  readonly region: string;
  readonly credentials: MemberCredentials;
};

/** Clients of one service in members' accounts and Regions. The latest is kept, for the polls of one remediation. */
export function createMemberClients<Client extends AskedClient>(
  accounts: MemberAccounts,
  make: (configuration: MemberClientConfiguration) => Client,
): MemberClients<Client> {
  let latest: { readonly key: string; readonly client: Client } | undefined;
  return async (place, remediationId) => {
    const session = await accounts.credentialsFor(place, remediationId);
    if (!session.ok) return session;
    const credentials = session.value;
    const key = `${place.region}/${credentials.accessKeyId}`;
    if (latest?.key !== key) {
      latest?.client.destroy();
      latest = { key, client: makeMemberClient(place, credentials, make) };
    }
    return success(latest.client);
  };
}

/** A client with a session of the role in a member; it says where the member has not enabled the Region. */
export function makeMemberClient<Client extends AskedClient>(
  place: Place,
  credentials: MemberCredentials,
  make: (configuration: MemberClientConfiguration) => Client,
): Client {
  const client = make({ ...clientSettings, region: place.region, credentials });
  reportDisabledRegion(client, place, credentials);
  return client;
}
