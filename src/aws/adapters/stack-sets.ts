import {
  CloudFormationClient,
  DescribeStackSetCommand,
  ListStackInstancesCommand,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import { success } from '../../core/result';
import type { PortFailure, StackInstanceState, StackSets } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { clientSettings } from '../client-settings';
import { fetchPages } from '../fetch-pages';

/** Reads StackSets with the caller's own credentials, in the Region that they were made in. */
export function createStackSets(region: string): StackSets {
  const client = new CloudFormationClient({ ...clientSettings, region });
  return {
    async fetchStackSet(StackSetName) {
      const what = `The StackSet ${StackSetName} cannot be read in ${region}`;
      for (const CallAs of ['SELF', 'DELEGATED_ADMIN'] as const) {
        const described = await attempt(what, () => client.send(new DescribeStackSetCommand({ StackSetName, CallAs })));
        if (!described.ok && isNotSeen(described.error)) continue;
        if (!described.ok) return described;
        const instances = await fetchPages(what, async (NextToken) => {
          const page = await client.send(new ListStackInstancesCommand({ StackSetName, CallAs, NextToken }));
          return { items: page.Summaries ?? [], nextToken: page.NextToken };
        });
        if (!instances.ok) return instances;
        const { Status = '', AutoDeployment, StackSetDriftDetectionDetails } = described.value.StackSet ?? {};
        return success({
          status: Status,
          deploysToNewAccounts: AutoDeployment?.Enabled === true,
          driftCheckedAt: StackSetDriftDetectionDetails?.LastDriftCheckTimestamp?.toISOString(),
          callAs: CallAs,
          instances: instances.value.map(toState),
        });
      }
      return success(undefined);
    },
  };
}

/** There is none of that name, or the account is neither the management account nor a delegated administrator. */
function isNotSeen({ code, cause }: PortFailure): boolean {
  return code === 'not-found' || /ValidationError: .*(administrator|delegated admin|organization)/i.test(cause);
}

function toState(instance: StackInstanceSummary): StackInstanceState {
  const { Account = '', Region = '', OrganizationalUnitId = '', StackId = '', Status = '' } = instance;
  return {
    ...{ account: Account, region: Region, unit: OrganizationalUnitId, stackId: StackId, status: Status },
    detailedStatus: instance.StackInstanceStatus?.DetailedStatus ?? '',
    reason: instance.StatusReason ?? '',
    isDrifted: instance.DriftStatus === 'DRIFTED',
  };
}
