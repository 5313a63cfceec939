import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { success } from '../../core/result';
import { placeKey } from '../../core/sweeping/place';
import type { NamedGroups, PortFailure } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';

/**
 * Groups of default VPCs by their names.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
 */
export function createNamedGroups(accounts: MemberAccounts): NamedGroups {
  const clientFor = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  return {
    async fetchIds(place, name, session) {
      const client = await clientFor(place, session);
      if (!client.ok) return client;
      const found = await attempt(
        `The security group "${name}" of the default VPC of ${placeKey(place)} cannot be read`,
        () => client.value.send(new DescribeSecurityGroupsCommand({ GroupNames: [name] })),
      );
      if (!found.ok) return isNone(found.error) ? success([]) : found;
      return success((found.value.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []));
    },
  };
}

/** InvalidGroup.NotFound, and VPCIdNotSpecified where there is no default VPC. */
function isNone({ code, cause }: PortFailure): boolean {
  return code === 'not-found' || cause.includes('VPCIdNotSpecified');
}
