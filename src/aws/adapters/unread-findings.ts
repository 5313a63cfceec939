import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchFindingsForReport } from './report-input';

/** Findings as Security Hub has them, for whoever tries a policy on them. */
export interface UnreadFindings {
  /** Undefined where Security Hub knows none of that id. */
  fetchUnread(findingId: string): PortResult<unknown>;
  /** All active ones on security groups and network ACLs, by pages of 100. */
  fetchActive(onPage: (findings: readonly unknown[]) => void): PortResult<void>;
}

/** Security Hub of the hub account, with the credentials of whoever is at the terminal. */
export function createUnreadFindings(region: string): UnreadFindings {
  const client = new SecurityHubClient({ region });
  return {
    async fetchUnread(findingId) {
      const Filters = { Id: [{ Value: findingId, Comparison: 'EQUALS' as const }] };
      const found = await attempt('The finding cannot be read from Security Hub', () =>
        client.send(new GetFindingsCommand({ Filters })),
      );
      return found.ok ? success(found.value.Findings?.[0]) : found;
    },
    fetchActive: (onPage) => fetchFindingsForReport(client, onPage),
  };
}
