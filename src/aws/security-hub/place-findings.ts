import {
  BatchImportFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
  type AwsSecurityFindingFilters,
} from '@aws-sdk/client-securityhub';
import { parseKnownFinding } from '../../core/detection/own-finding';
import { CLOSED_OUTCOMES } from '../../core/detection/closed-outcomes';
import { ownProductArn } from '../../core/detection/to-own-findings';
import { parseFinding } from '../../core/findings/parse-finding';
import { failure, success } from '../../core/result';
import { placeKey, type Place } from '../../core/sweeping/place';
import type { PlaceFindings } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';
import { inChunks } from '../in-chunks';
import type { MemberSessions } from '../sts/member-sessions';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
const PER_CALL = 100;

const equals = (...values: readonly string[]) => values.map((Value) => ({ Value, Comparison: 'EQUALS' as const }));

const activeIn = ({ account }: Place) => ({ AwsAccountId: equals(account), RecordState: equals('ACTIVE') });

/** Findings in whole Regions of accounts. */
export function createPlaceFindings(sessions: MemberSessions): PlaceFindings {
  const clientFor = (place: Place, session: string) =>
    sessions.clientFor(place, session, (configuration) => new SecurityHubClient(configuration));
  async function fetchAll(place: Place, session: string, which: string, Filters: AwsSecurityFindingFilters) {
    const made = await clientFor(place, session);
    if (!made.ok) return made;
    const client = made.value;
    const fetched = await fetchPages(`${which} of ${placeKey(place)} cannot be read there`, async (NextToken) => {
      const page = await client.send(new GetFindingsCommand({ Filters, MaxResults: PER_CALL, NextToken }));
      return { items: page.Findings ?? [], nextToken: page.NextToken };
    });
    client.destroy();
    return fetched;
  }

  return {
    async fetchOwn(place, prefix, session) {
      const fetched = await fetchAll(place, session, 'Findings', {
        Id: [{ Value: `${prefix}/`, Comparison: 'PREFIX' }],
        ProductArn: equals(ownProductArn(place)),
      });
      return fetched.ok ? success(fetched.value.flatMap((each) => parseKnownFinding(each) ?? [])) : fetched;
    },

    async fetchResolvedByUs(place, session) {
      const fetched = await fetchAll(place, session, 'Resolved findings', {
        ...activeIn(place),
        ComplianceStatus: equals('FAILED'),
        WorkflowStatus: equals('RESOLVED'),
        UserDefinedFields: equals(...CLOSED_OUTCOMES).map((filter) => ({ ...filter, Key: 'PortcullisOutcome' })),
      });
      if (!fetched.ok) return fetched;
      return success(
        fetched.value.map(({ Resources = [], Note }) => ({
          resourceIds: Resources.flatMap(({ Id }) => Id ?? []),
          notedAt: Note?.UpdatedAt,
        })),
      );
    },

    async fetchSuppressed(place, session) {
      const fetched = await fetchAll(place, session, 'Suppressed findings', {
        ...activeIn(place),
        ResourceType: equals('AwsEc2SecurityGroup', 'AwsEc2NetworkAcl'),
        WorkflowStatus: equals('SUPPRESSED'),
      });
      if (!fetched.ok) return fetched;
      return success(
        fetched.value.flatMap((each) => {
          const parsed = parseFinding(each);
          return parsed.ok ? parsed.value : [];
        }),
      );
    },

    async importOwn(place, findings, session) {
      const made = await clientFor(place, session);
      if (!made.ok) return made;
      const client = made.value;
      const what = `Findings of ${placeKey(place)} cannot be imported there`;
      try {
        for (const chunk of inChunks(findings, PER_CALL)) {
          const Findings = chunk.map((each) => ({
            ...each,
            Types: [...each.Types],
            Resources: each.Resources.map((resource) => ({ ...resource })),
          }));
          const imported = await attempt(what, () => client.send(new BatchImportFindingsCommand({ Findings })));
          if (!imported.ok) return imported;
          const [refused] = imported.value.FailedFindings ?? [];
          if (refused === undefined) continue;
          const cause = `${what}: ${refused.ErrorCode ?? ''}: ${refused.ErrorMessage ?? ''}`;
          return failure({ code: 'unknown', retryable: false, cause });
        }
        return success(undefined);
      } finally {
        client.destroy();
      }
    },
  };
}
