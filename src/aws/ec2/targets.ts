import { EC2Client } from '@aws-sdk/client-ec2';
import { unreadSurroundings } from '../../core/context/unread-surroundings';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Targets } from '../../flow/ports';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { fetchNetworkInterfaces } from './network-interfaces';
import { fetchAssociatedSubnets, observeNetworkAcl } from './observe-network-acl';
import { readSurroundings } from './read-surroundings';
import { observeSecurityGroup } from './observe-security-group';

/** Reads with the session of the member role: what it may not read is a failure, never an empty answer. */
export function createTargets(accounts: MemberAccounts): Targets {
  const clientFor = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  const ssmFor = createMemberClients(accounts, (configuration) => new SSMClient(configuration));
  return {
    async observe(target, remediationId) {
      const client = await clientFor(target, remediationId);
      if (!client.ok) return client;
      switch (target.kind) {
        case 'security-group':
          return observeSecurityGroup(client.value, target);
        case 'network-acl':
          return observeNetworkAcl(client.value, target);
      }
    },
    async readSurroundings(target, resource, remediationId) {
      const ec2 = await clientFor(target, remediationId);
      if (!ec2.ok) return unreadSurroundings(ec2.error.cause);
      const ssm = await ssmFor(target, remediationId);
      if (!ssm.ok) return unreadSurroundings(ssm.error.cause);
      return readSurroundings({ ec2: ec2.value, ssm: ssm.value }, target, resource);
    },
    async fetchAttachments(target, remediationId) {
      const client = await clientFor(target, remediationId);
      if (!client.ok) return client;
      switch (target.kind) {
        case 'security-group':
          return fetchNetworkInterfaces(client.value, target);
        case 'network-acl':
          return fetchAssociatedSubnets(client.value, target);
      }
    },
  };
}
