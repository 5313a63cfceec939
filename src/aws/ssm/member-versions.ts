import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import { placeKey } from '../../core/sweeping/place';
import type { MemberVersions } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';

const WHAT_TO_DO = 'deploy it again, members before the hub';

/**
 * Reads the parameter in which a member stack says of which version it is. One that is too old to have it, or whose
 * role may not read it, is of another one.
 */
export function createMemberVersions(
  accounts: MemberAccounts,
  { prefix, memberVersion: wanted }: { readonly prefix: string; readonly memberVersion: string },
): MemberVersions {
  const Name = toDeploymentNames(prefix).memberParameter;
  const clientFor = createMemberClients(accounts, (configuration) => new SSMClient(configuration));
  return {
    async describeOther(place, session) {
      const client = await clientFor(place, session);
      // Without the role nothing is known of its version, and whoever needs the role says so.
      if (!client.ok) return undefined;
      const where = `The member stack in ${placeKey(place)}`;
      const read = await attempt('its version cannot be read', () =>
        client.value.send(new GetParameterCommand({ Name })),
      );
      if (read.ok) {
        const found = read.value.Parameter?.Value ?? 'none';
        if (found === wanted) return undefined;
        return `${where} is of version ${found}, and this hub goes with ${wanted}: ${WHAT_TO_DO}.`;
      }
      const { code, cause } = read.error;
      const isOld = code === 'not-found' || code === 'access-denied';
      return isOld ? `${where} is older than the hub (${cause}): ${WHAT_TO_DO}.` : `${where}: ${cause}.`;
    },
  };
}
