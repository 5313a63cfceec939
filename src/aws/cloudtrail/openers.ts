import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { latestOpening } from '../../core/context/to-opened-by';
import { success } from '../../core/result';
import { DETECTION_SESSION, type Openers } from '../../flow/ports';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { lookUpTrail } from './look-up-trail';

/** Asks CloudTrail's event history of the account and Region that own a target. */
export function createOpeners(accounts: MemberAccounts): Openers {
  const clientFor = createMemberClients(accounts, (configuration) => new CloudTrailClient(configuration));
  return {
    async fetchOpening(target, resource, plan) {
      const client = await clientFor(target, DETECTION_SESSION);
      if (!client.ok) return client;
      const trail = await lookUpTrail(client.value, target, resource, plan);
      return trail.ok ? success(latestOpening(plan, resource, trail.value)) : trail;
    },
  };
}
