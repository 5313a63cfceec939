import { EC2Client } from '@aws-sdk/client-ec2';
import { failure, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { MemberVersions, Observation, PortFailure, PortResult, Targets } from '../../flow/ports';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { fetchNetworkInterfaces } from './network-interfaces';
import { fetchAssociatedSubnets, observeNetworkAcl } from './observe-network-acl';
import { observeSecurityGroup } from './observe-security-group';

async function observe(client: EC2Client, target: Target): PortResult<Observation> {
  switch (target.kind) {
    case 'security-group':
      return observeSecurityGroup(client, target);
    case 'network-acl':
      return observeNetworkAcl(client, target);
    case 'instance':
    case 'network-interface':
      return noRules(target);
  }
}

/**
 * Reads with the session of the member role: what it may not read is a failure, never an empty answer.
 *
 * @param versions who knows whether the member stack is of the hub's version, where it may not be read; without it
 *   nobody looks
 */
export function createTargets(accounts: MemberAccounts, versions?: MemberVersions): Omit<Targets, 'readSurroundings'> {
  const clientFor = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  return {
    async observe(target, remediationId) {
      const client = await clientFor(target, remediationId);
      if (!client.ok) return client;
      const observed = await observe(client.value, target);
      if (observed.ok || observed.error.code !== 'access-denied') return observed;
      // What this version reads a member stack of another may not allow.
      const other = await versions?.describeOther(target, remediationId);
      return other === undefined ? observed : failure({ ...observed.error, cause: `${other} ${observed.error.cause}` });
    },
    async fetchAttachments(target, remediationId) {
      const client = await clientFor(target, remediationId);
      if (!client.ok) return client;
      switch (target.kind) {
        case 'security-group':
          return fetchNetworkInterfaces(client.value, target);
        case 'network-acl':
          return fetchAssociatedSubnets(client.value, target);
        case 'instance':
        case 'network-interface':
          return noRules(target);
      }
    },
  };
}

/** What has no rules of its own is isolated, never closed. */
function noRules({ kind, id }: Target): Result<never, PortFailure> {
  return failure({
    code: 'invalid',
    retryable: false,
    cause: `${id} is of kind ${kind}, which has no rules to close.`,
  });
}
