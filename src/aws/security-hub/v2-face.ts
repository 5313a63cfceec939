import {
  BatchUpdateFindingsV2Command,
  GetFindingsV2Command,
  type BatchUpdateFindingsV2UnprocessedFinding,
  type CompositeFilter,
  type OcsfFindingIdentifier,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Finding, FindingKey } from '../../core/findings/finding';
import { isFromSecurityHub } from '../../core/findings/is-from-security-hub';
import { parseOcsfFinding, type OcsfFinding } from '../../core/findings/ocsf/parse-ocsf-finding';
import { toAsffProduct } from '../../core/findings/ocsf/parse-ocsf-key';
import { signComment } from '../../core/findings/ocsf/comment-signature';
import { toClosable } from '../../core/findings/ocsf/to-closable';
import { isRemediationId } from '../../core/ledger/remediation-id';
import { success } from '../../core/result';
import { targetArn, targetKey, type Target } from '../../core/target';
import {
  FINDINGS_PER_READ,
  type Clock,
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

/** https://docs.aws.amazon.com/securityhub/latest/APIReference/API_GetFindingsV2.html */
const FINDINGS_PER_PAGE = 100;
const MAX_PAGES_ON_TARGET = 5;

/** A filter of strings takes 20 values, and a target may be named in two ways. */
const TARGETS_PER_CALL = 10;
const MAX_PAGES_TOGETHER = 3;

/** https://docs.aws.amazon.com/securityhub/latest/APIReference/API_BatchUpdateFindingsV2.html */
const FINDINGS_PER_UPDATE = 100;
const RETRYABLE_CODES = new Set(['ConflictException', 'InternalServerException']);
const STATUS_IDS: Readonly<Record<Workflow, number>> = { NEW: 1, NOTIFIED: 2, SUPPRESSED: 3, RESOLVED: 4 };

const CANNOT_BE_READ = 'Findings cannot be read from Security Hub V2';

/**
 * Security Hub V2, whose findings are in OCSF. Its two operations are permitted as `securityhub:GetFindings` and
 * `securityhub:BatchUpdateFindings`, on the hub of V2. It keeps no fields of ours: a comment ends in them.
 */
export function createV2Face(client: SecurityHubClient, clock: Clock): HubFace {
  function pagesOf(composites: readonly CompositeFilter[]) {
    const Filters = { CompositeFilters: [...composites], CompositeOperator: 'AND' as const };
    return async (NextToken: string | undefined): Promise<Page<OcsfFinding>> => {
      const page = await client.send(new GetFindingsV2Command({ Filters, MaxResults: FINDINGS_PER_PAGE, NextToken }));
      const parsed = (page.Findings ?? []).map(parseOcsfFinding);
      return { items: parsed.flatMap((each) => (each.ok ? each.value : [])), nextToken: page.NextToken };
    };
  }

  function fetchMatching(
    composites: readonly CompositeFilter[],
    maxPages?: number,
  ): PortResult<readonly OcsfFinding[]> {
    return fetchPages(CANNOT_BE_READ, pagesOf(composites), maxPages);
  }

  async function fetchByIds(ids: readonly string[]): PortResult<readonly OcsfFinding[]> {
    const findings: OcsfFinding[] = [];
    for (const chunk of inChunks([...new Set(ids)], FINDINGS_PER_READ)) {
      const StringFilters = chunk.map((id) => equals('finding_info.uid', id));
      const fetched = await fetchMatching([{ StringFilters, Operator: 'OR' }]);
      if (!fetched.ok) return fetched;
      findings.push(...fetched.value);
    }
    return success(findings);
  }

  async function fetchByKeys(keys: readonly FindingKey[]): PortResult<readonly OcsfFinding[]> {
    const wanted = new Set(keys.map(identityOf));
    const fetched = await fetchByIds(keys.map(({ id }) => id));
    return fetched.ok ? success(fetched.value.filter((finding) => wanted.has(identityOf(finding)))) : fetched;
  }

  async function send(
    findings: readonly OcsfFinding[],
    Comment: string,
    workflow: Workflow | undefined,
  ): PortResult<readonly UnprocessedFinding[]> {
    const unprocessed: UnprocessedFinding[] = [];
    for (const chunk of inChunks(findings, FINDINGS_PER_UPDATE)) {
      const FindingIdentifiers = chunk.map(toIdentifier);
      const updated = await attempt('Findings cannot be updated in Security Hub V2', () =>
        client.send(
          new BatchUpdateFindingsV2Command({
            FindingIdentifiers,
            Comment,
            ...(workflow === undefined ? {} : { StatusId: STATUS_IDS[workflow] }),
          }),
        ),
      );
      if (!updated.ok) return updated;
      unprocessed.push(...(updated.value.UnprocessedFindings ?? []).map(toUnprocessed));
    }
    return success(unprocessed);
  }

  return {
    async fetchFindings(keys) {
      const fetched = await fetchByKeys(keys);
      return fetched.ok ? success(fetched.value.map(toClosable)) : fetched;
    },

    async fetchFindingsByIds(ids) {
      const fetched = await fetchByIds(ids);
      return fetched.ok ? success(fetched.value.map(toClosable)) : fetched;
    },

    async fetchOnTarget(target, workflows) {
      const fetched = await fetchMatching(onTargets([target], workflows), MAX_PAGES_ON_TARGET);
      return fetched.ok ? success(activeOn([target], fetched.value)) : fetched;
    },

    async fetchOnTargets(targets, workflows) {
      const findings: Finding[] = [];
      for (const chunk of inChunks(targets, TARGETS_PER_CALL)) {
        const read = pagesOf(onTargets(chunk, workflows));
        const fetched = await fetchSomePages(CANNOT_BE_READ, read, MAX_PAGES_TOGETHER);
        if (!fetched.ok) return fetched;
        if (fetched.value.goesOn) return success(undefined);
        findings.push(...activeOn(chunk, fetched.value.items));
      }
      return success(findings);
    },

    async updateFindings(keys, update) {
      const current = await fetchByKeys(keys);
      if (!current.ok) return current;
      const byComment = new Map<string, OcsfFinding[]>();
      for (const finding of current.value) {
        const comment = toComment(finding, update, clock.now());
        byComment.set(comment, [...(byComment.get(comment) ?? []), finding]);
      }
      const known = new Set(current.value.map(identityOf));
      const unprocessed = keys.filter((key) => !known.has(identityOf(key))).map(toUnknown);
      for (const [comment, findings] of byComment) {
        const sent = await send(findings, comment, update.workflow);
        if (!sent.ok) return sent;
        unprocessed.push(...sent.value);
      }
      return success(unprocessed);
    },
  };
}

function equals(FieldName: 'finding_info.uid' | 'resources.uid' | 'cloud.account.uid', Value: string) {
  return { FieldName, Filter: { Value, Comparison: 'EQUALS' as const } };
}

/**
 * The ARN of a resource, or its own id, is in `uid`; `uid_alt`, which may hold the ARN instead, cannot be asked for.
 */
function onTargets(targets: readonly Target[], workflows: readonly Workflow[]): readonly CompositeFilter[] {
  const names = targets.flatMap((target) => [targetArn(target), target.id]);
  const accounts = [...new Set(targets.map(({ account }) => account))];
  return [
    { StringFilters: names.map((name) => equals('resources.uid', name)), Operator: 'OR' },
    { StringFilters: accounts.map((account) => equals('cloud.account.uid', account)), Operator: 'OR' },
    {
      NumberFilters: workflows.map((workflow) => ({ FieldName: 'status_id', Filter: { Eq: STATUS_IDS[workflow] } })),
      Operator: 'OR',
    },
  ];
}

function activeOn(targets: readonly Target[], found: readonly OcsfFinding[]): readonly Finding[] {
  const meant = new Set(targets.map(targetKey));
  return found
    .filter(
      ({ recordState, target }) => recordState === 'ACTIVE' && target !== undefined && meant.has(targetKey(target)),
    )
    .map(toClosable);
}

function toIdentifier({ account, id, productUid }: OcsfFinding): OcsfFindingIdentifier {
  return { CloudAccountUid: account, FindingInfoUid: id, MetadataProductUid: productUid };
}

/** An update that leaves fields as they are keeps what the comment before it said of them. */
function toComment(finding: OcsfFinding, { note, userDefinedFields }: HubUpdate, now: Date): string {
  const { PortcullisOutcome: outcome, PortcullisRemediationId: remediationId } =
    userDefinedFields ?? finding.userDefinedFields ?? {};
  return signComment(note, {
    at: now.toISOString(),
    ...(outcome === undefined ? {} : { outcome }),
    ...(remediationId !== undefined && isRemediationId(remediationId) ? { remediationId } : {}),
  });
}

/** Findings of controls come from CSPM by themselves, and may be on their way. */
function toUnknown({ id, productArn }: FindingKey): UnprocessedFinding {
  return { id, productArn, reason: 'Security Hub V2 does not show it', retryable: isFromSecurityHub({ productArn }) };
}

function toUnprocessed(each: BatchUpdateFindingsV2UnprocessedFinding): UnprocessedFinding {
  return {
    id: each.FindingIdentifier?.FindingInfoUid ?? '',
    productArn: toAsffProduct(each.FindingIdentifier?.MetadataProductUid ?? ''),
    reason: `Security Hub V2: ${each.ErrorCode ?? 'Unknown'}: ${each.ErrorMessage ?? ''}`,
    retryable: RETRYABLE_CODES.has(each.ErrorCode ?? ''),
  };
}
