import {
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  type AwsSecurityFinding,
  type AwsSecurityFindingFilters,
  type BatchUpdateFindingsUnprocessedFinding,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Finding, FindingKey } from '../../core/findings/finding';
import { parseFinding } from '../../core/findings/parse-finding';
import { toUnreadFinding } from '../../core/findings/to-unread-finding';
import { success } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import {
  FINDINGS_PER_READ,
  NOTE_AUTHOR,
  type HubUpdate,
  type PortResult,
  type UnprocessedFinding,
} from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages, type Page } from '../fetch-pages';
import { fetchSomePages } from '../fetch-some-pages';
import { inChunks } from '../in-chunks';
import type { HubFace, Workflow } from './hub-face';
import { identityOf } from './identity-of';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const FINDINGS_PER_PAGE = 100;

/** A target has a few findings for each control and standard; what is beyond this is not ours to resolve unasked. */
const MAX_PAGES_ON_TARGET = 5;

/** Of several targets read for one another: each page is one of three calls a second. */
const MAX_PAGES_TOGETHER = 3;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
const FINDINGS_PER_UPDATE = 100;
const RETRYABLE_CODES = new Set(['ConcurrentUpdateError', 'InternalFailure']);

/** Security Hub CSPM, whose findings are in ASFF. */
export function createCspmFace(client: SecurityHubClient): HubFace {
  async function fetchPage(Filters: AwsSecurityFindingFilters, NextToken?: string): Promise<Page<Finding>> {
    const page = await client.send(new GetFindingsCommand({ Filters, MaxResults: FINDINGS_PER_PAGE, NextToken }));
    return { items: (page.Findings ?? []).flatMap(toFinding), nextToken: page.NextToken };
  }

  function fetchMatching(Filters: AwsSecurityFindingFilters, maxPages?: number): PortResult<readonly Finding[]> {
    const page = (token: string | undefined) => fetchPage(Filters, token);
    return fetchPages('Findings cannot be read from Security Hub', page, maxPages);
  }

  async function fetchFindingsByIds(ids: readonly string[]): PortResult<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const chunk of inChunks([...new Set(ids)], FINDINGS_PER_READ)) {
      const filters = { Id: chunk.map((id) => ({ Value: id, Comparison: 'EQUALS' as const })) };
      // An id is one product's own: other products may use the same, so a chunk may fill several pages.
      const fetched = await fetchMatching(filters);
      if (!fetched.ok) return fetched;
      findings.push(...fetched.value);
    }
    return success(findings);
  }

  return {
    fetchFindingsByIds,

    async fetchFindings(keys) {
      const wanted = new Set(keys.map(identityOf));
      const fetched = await fetchFindingsByIds(keys.map(({ id }) => id));
      return fetched.ok ? success(fetched.value.filter((finding) => wanted.has(identityOf(finding)))) : fetched;
    },

    fetchOnTarget: (target, workflows) => fetchMatching(activeOn([target], workflows), MAX_PAGES_ON_TARGET),

    async fetchOnTargets(targets, workflows) {
      const filters = activeOn(targets, workflows);
      const found = await fetchSomePages(
        'Findings cannot be read from Security Hub',
        (token) => fetchPage(filters, token),
        MAX_PAGES_TOGETHER,
      );
      if (!found.ok) return found;
      return success(found.value.goesOn ? undefined : found.value.items);
    },

    async updateFindings(keys, update) {
      const unprocessed: UnprocessedFinding[] = [];
      for (const chunk of inChunks(keys, FINDINGS_PER_UPDATE)) {
        const updated = await attempt('Findings cannot be updated in Security Hub', () =>
          client.send(new BatchUpdateFindingsCommand(toRequest(chunk, update))),
        );
        if (!updated.ok) return updated;
        unprocessed.push(...(updated.value.UnprocessedFindings ?? []).map(toUnprocessed));
      }
      return success(unprocessed);
    },
  };
}

/** One that cannot be understood must not hold up the others; who chose it is answered on it. */
function toFinding(each: AwsSecurityFinding): Finding | readonly [] {
  const parsed = parseFinding(each);
  return (parsed.ok ? parsed.value : toUnreadFinding(each, parsed.error)) ?? [];
}

/** The filter for active findings on targets in one of these workflow statuses. */
function activeOn(targets: readonly Target[], statuses: readonly Workflow[]) {
  const accounts = [...new Set(targets.map(({ account }) => account))];
  return {
    ResourceId: targets.map((target) => ({ Value: targetArn(target), Comparison: 'EQUALS' as const })),
    AwsAccountId: accounts.map((Value) => ({ Value, Comparison: 'EQUALS' as const })),
    RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' as const }],
    WorkflowStatus: statuses.map((Value) => ({ Value, Comparison: 'EQUALS' as const })),
  };
}

function toRequest(keys: readonly FindingKey[], { workflow, note, userDefinedFields }: HubUpdate) {
  return {
    FindingIdentifiers: keys.map(({ id, productArn }) => ({ Id: id, ProductArn: productArn })),
    Note: { Text: note, UpdatedBy: NOTE_AUTHOR },
    ...(userDefinedFields === undefined ? {} : { UserDefinedFields: { ...userDefinedFields } }),
    ...(workflow === undefined ? {} : { Workflow: { Status: workflow } }),
  };
}

function toUnprocessed(each: BatchUpdateFindingsUnprocessedFinding): UnprocessedFinding {
  return {
    id: each.FindingIdentifier?.Id ?? '',
    productArn: each.FindingIdentifier?.ProductArn ?? '',
    reason: `${each.ErrorCode ?? 'Unknown'}: ${each.ErrorMessage ?? ''}`,
    retryable: RETRYABLE_CODES.has(each.ErrorCode ?? ''),
  };
}
