import { GetFindingsCommand, GetFindingsV2Command, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { mergeFaces } from '../../core/findings/ocsf/merge-faces';
import { parseEitherFinding } from '../../core/findings/parse-either-finding';
import { success } from '../../core/result';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchFindingsOf } from './report-findings';

/** Findings as Security Hub has them, for whoever tries a policy on them. */
export interface UnreadFindings {
  /** Undefined where Security Hub knows none of that id. */
  fetchUnread(findingId: string): PortResult<unknown>;
  /** All active ones on security groups and network ACLs, by pages of 100. */
  fetchActive(onPage: (findings: readonly unknown[]) => void): PortResult<void>;
}

/**
 * Security Hub of the hub account, with the credentials of whoever is at the terminal.
 *
 * @param kind of the two hubs, those that the deployment works with; of both, findings are CSPM's, with the status that
 *   counts
 */
export function createUnreadFindings(region: string, kind: SecurityHubKind): UnreadFindings {
  const client = new SecurityHubClient({ region });
  return {
    async fetchUnread(findingId) {
      const nothing = Promise.resolve(success(undefined));
      const [asff, ocsf] = await Promise.all([
        kind === 'v2' ? nothing : fetchFromCspm(client, findingId),
        kind === 'cspm' ? nothing : fetchFromV2(client, findingId),
      ]);
      if (!asff.ok) return asff;
      return ocsf.ok ? success(mergeUnread(asff.value, ocsf.value)) : ocsf;
    },
    fetchActive: (onPage) => fetchFindingsOf(kind, client, onPage),
  };
}

function fetchFromCspm(client: SecurityHubClient, findingId: string): PortResult<unknown> {
  return attempt('The finding cannot be read from Security Hub', async () => {
    const Filters = { Id: [{ Value: findingId, Comparison: 'EQUALS' as const }] };
    return (await client.send(new GetFindingsCommand({ Filters }))).Findings?.[0];
  });
}

function fetchFromV2(client: SecurityHubClient, findingId: string): PortResult<unknown> {
  return attempt('The finding cannot be read from Security Hub V2', async () => {
    const Filter = { Value: findingId, Comparison: 'EQUALS' as const };
    const StringFilters = [{ FieldName: 'finding_info.uid' as const, Filter }];
    return (await client.send(new GetFindingsV2Command({ Filters: { CompositeFilters: [{ StringFilters }] } })))
      .Findings?.[0];
  });
}

/** Of two faces CSPM's, with the status that the deployment would go by. */
function mergeUnread(asff: unknown, ocsf: unknown): unknown {
  if (asff === undefined || ocsf === undefined) return asff ?? ocsf;
  const [cspm, v2] = [parseEitherFinding(asff), parseEitherFinding(ocsf)];
  if (!cspm.ok || !v2.ok) return asff;
  return { ...(asff as object), Workflow: { Status: mergeFaces(cspm.value, v2.value).workflow } };
}
