import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { DescribeAutomationExecutionsCommand, GetDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { success } from '../../core/result';
import type { MemberState, PortResult, TrailState } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { clientSettings } from '../client-settings';
import { fetchFullest } from '../ec2/fullest';
import { fetchRules } from '../event-bridge/fetch-rules';
import { fetchPages } from '../fetch-pages';
import { reportDisabledRegion } from '../sts/region-evidence';
import { fetchQuota } from '../service-quotas/fetch-quota';

/** Reads what a member's Region holds for the deployment, with the caller's own credentials in that account. */
export function createMemberState(account: string, region: string): MemberState {
  const settings = { ...clientSettings, region };
  const ssm = new SSMClient(settings);
  const cloudTrail = new CloudTrailClient(settings);
  const ec2 = new EC2Client(settings);
  const events = new EventBridgeClient(settings);
  const quotas = new ServiceQuotasClient(settings);
  for (const client of [ssm, cloudTrail, ec2, events, quotas]) reportDisabledRegion(client, { account, region });
  return {
    async fetchDocument(Name) {
      const read = await attempt(`Document ${Name} cannot be read`, () =>
        ssm.send(new GetDocumentCommand({ Name, DocumentFormat: 'JSON' })),
      );
      // SSM calls it InvalidDocument where there is none.
      if (!read.ok) return /InvalidDocument|NotFound/.test(read.error.cause) ? success(undefined) : read;
      return success(parseJson(read.value.Content ?? ''));
    },

    fetchTrails: () => fetchTrails(cloudTrail),

    async countFlowLogs() {
      const logs = await fetchPages('The flow logs cannot be read', async (NextToken) => {
        const page = await ec2.send(new DescribeFlowLogsCommand({ NextToken }));
        return { items: page.FlowLogs ?? [], nextToken: page.NextToken };
      });
      if (!logs.ok) return logs;
      return success(logs.value.filter(({ FlowLogStatus }) => FlowLogStatus === 'ACTIVE').length);
    },

    fetchRules: (namePrefix) => fetchRules(events, namePrefix),
    fetchQuota: (service, code) => fetchQuota(quotas, service, code),
    fetchFullest: (kind) => fetchFullest(ec2, kind),

    async countAutomations() {
      const Filters = [{ Key: 'ExecutionStatus' as const, Values: ['InProgress'] }];
      const running = await fetchPages('Automations that run cannot be counted', async (NextToken) => {
        const page = await ssm.send(new DescribeAutomationExecutionsCommand({ Filters, NextToken }));
        return { items: page.AutomationExecutionMetadataList ?? [], nextToken: page.NextToken };
      });
      return running.ok ? success(running.value.length) : running;
    },
  };
}

/** Those of the organization and of other Regions that record here are shown as shadows. */
async function fetchTrails(client: CloudTrailClient): PortResult<readonly TrailState[]> {
  const doing = 'The trails of CloudTrail cannot be read';
  const described = await attempt(doing, () => client.send(new DescribeTrailsCommand({ includeShadowTrails: true })));
  if (!described.ok) return described;
  const trails: TrailState[] = [];
  for (const { Name = '', TrailARN } of described.value.trailList ?? []) {
    const status = await attempt(`${doing}: ${Name}`, () => client.send(new GetTrailStatusCommand({ Name: TrailARN })));
    if (!status.ok) return status;
    trails.push({ name: Name, isLogging: status.value.IsLogging === true });
  }
  return success(trails);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
