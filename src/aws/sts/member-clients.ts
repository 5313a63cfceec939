import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { PortResult } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import type { MemberAccounts, MemberCredentials } from './member-credentials';

export type MemberClients<Client> = (target: Target, remediationId: string) => PortResult<Client>;

export type MemberClientConfiguration = typeof clientSettings & {
  readonly region: string;
  readonly credentials: MemberCredentials;
};

/** Clients of one service in members' accounts and Regions. The latest is kept, for the polls of one remediation. */
export function createMemberClients<Client extends { destroy(): void }>(
  accounts: MemberAccounts,
  make: (configuration: MemberClientConfiguration) => Client,
): MemberClients<Client> {
  let latest: { readonly key: string; readonly client: Client } | undefined;
  return async (target, remediationId) => {
    const session = await accounts.credentialsFor(target, remediationId);
    if (!session.ok) return session;
    const credentials = session.value;
    const key = `${target.region}/${credentials.accessKeyId}`;
    if (latest?.key !== key) {
      latest?.client.destroy();
      latest = { key, client: make({ ...clientSettings, region: target.region, credentials }) };
    }
    return success(latest.client);
  };
}
