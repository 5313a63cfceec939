import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSMClient } from '@aws-sdk/client-ssm';
import { unreadSurroundings } from '../../core/context/unread-surroundings';
import type { Targets } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createUnitExists } from '../organizations/unit-exists';
import { systemClock } from '../system-clock';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { readSurroundings, type ReadLimits } from './read-surroundings';

/**
 * Reads with the session of the member role. Members know nothing of their organization, so that the hub is asked about
 * that, with the function's own role.
 *
 * @param limits units that the policy keeps from being closed by itself: where one does not exist, nobody knows whom it
 *   keeps; and within how many seconds all is read
 */
export function createSurroundingsReader(accounts: MemberAccounts, limits: ReadLimits): Targets['readSurroundings'] {
  const ec2For = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  const ssmFor = createMemberClients(accounts, (configuration) => new SSMClient(configuration));
  const cloudTrailFor = createMemberClients(accounts, (configuration) => new CloudTrailClient(configuration));
  const elbFor = createMemberClients(accounts, (configuration) => new ElasticLoadBalancingV2Client(configuration));
  const classicElbFor = createMemberClients(accounts, (configuration) => new ElasticLoadBalancingClient(configuration));
  const organizations = new OrganizationsClient(clientSettings);
  const unitExists = createUnitExists(organizations, systemClock);
  return async (target, resource, plan, remediationId) => {
    const ec2 = await ec2For(target, remediationId);
    if (!ec2.ok) return unreadSurroundings(ec2.error.cause);
    const ssm = await ssmFor(target, remediationId);
    if (!ssm.ok) return unreadSurroundings(ssm.error.cause);
    const cloudTrail = await cloudTrailFor(target, remediationId);
    if (!cloudTrail.ok) return unreadSurroundings(cloudTrail.error.cause);
    const elb = await elbFor(target, remediationId);
    if (!elb.ok) return unreadSurroundings(elb.error.cause);
    const classicElb = await classicElbFor(target, remediationId);
    if (!classicElb.ok) return unreadSurroundings(classicElb.error.cause);
    const readers = {
      ...{ ec2: ec2.value, elb: elb.value, classicElb: classicElb.value },
      ...{ ssm: ssm.value, cloudTrail: cloudTrail.value, organizations, unitExists },
    };
    return readSurroundings(readers, target, resource, plan, limits);
  };
}
