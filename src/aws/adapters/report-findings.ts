import { paginateGetFindingsV2, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { memberOf, textOf } from '../../core/read-member';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchFindingsForReport, fetchV2FindingsForReport } from './report-input';

type OnPage = (findings: readonly unknown[]) => void;

/**
 * All active findings on security groups and network ACLs, from where the deployment works with them, unread. Of both
 * hubs it is those of CSPM, which alone has the findings of our own product; what somebody has suppressed in V2 alone
 * is SUPPRESSED, as it is for everything else.
 *
 * @param onPage called with each page of 100
 */
export async function fetchFindingsOf(
  kind: SecurityHubKind,
  client: SecurityHubClient,
  onPage: OnPage,
): PortResult<void> {
  switch (kind) {
    case 'cspm':
      return fetchFindingsForReport(client, onPage);
    case 'v2':
      return fetchV2FindingsForReport(client, onPage);
    case 'both': {
      const suppressed = await fetchSuppressedInV2(client);
      if (!suppressed.ok) return suppressed;
      return fetchFindingsForReport(client, (page) => {
        onPage(page.map((finding) => withSuppression(finding, suppressed.value)));
      });
    }
  }
}

/** Ids that findings have in ASFF. */
function fetchSuppressedInV2(client: SecurityHubClient): PortResult<ReadonlySet<string>> {
  return attempt('What is suppressed cannot be read from Security Hub V2', async () => {
    const Filter = { Value: 'Suppressed', Comparison: 'EQUALS' } as const;
    const pages = paginateGetFindingsV2(
      { client, pageSize: 100 },
      { Filters: { CompositeFilters: [{ StringFilters: [{ FieldName: 'status', Filter }] }] } },
    );
    const ids = new Set<string>();
    for await (const { Findings = [] } of pages) {
      for (const finding of Findings) ids.add(textOf(memberOf(memberOf(finding, 'finding_info'), 'uid')) ?? '');
    }
    return ids;
  });
}

function withSuppression(finding: unknown, suppressed: ReadonlySet<string>): unknown {
  const isSuppressed = suppressed.has(textOf(memberOf(finding, 'Id')) ?? '');
  return isSuppressed ? { ...(finding as object), Workflow: { Status: 'SUPPRESSED' } } : finding;
}
