import { EC2Client } from '@aws-sdk/client-ec2';
import type { Targets } from '../../flow/ports';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { fetchNetworkInterfaces } from './network-interfaces';
import { fetchAssociatedSubnets, observeNetworkAcl } from './observe-network-acl';
import { observeSecurityGroup } from './observe-security-group';

/** Reads with the session of the member role: what it may not read is a failure, never an empty answer. */
export function createTargets(accounts: MemberAccounts): Omit<Targets, 'readSurroundings'> {
  const clientFor = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
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
