import { CreateTicketV2Command, GetFindingsV2Command, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { memberOf, textOf } from '../../core/read-member';
import { controlNameOf } from '../../core/findings/ocsf/parse-ocsf-key';
import { failure, success } from '../../core/result';
import type { FindingTickets } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';

/** What AWS documents for `DRYRUN`: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-test-ticket-integration.html */
const TEST_FINDING = 'TEST_FINDING';

/**
 * Tickets by a connector of Security Hub V2. Reading findings is permitted as `securityhub:GetFindings`, on the hub of
 * V2; making tickets on the connector. https://docs.aws.amazon.com/securityhub/latest/APIReference/API_CreateTicketV2.html
 */
export function createFindingTickets(client: SecurityHubClient, connectorId: string): FindingTickets {
  return {
    async fetchFindings(ids) {
      const StringFilters = ids.map((Value) => ({
        FieldName: 'finding_info.uid' as const,
        Filter: { Value, Comparison: 'EQUALS' as const },
      }));
      const Filters = {
        CompositeFilters: [{ StringFilters, Operator: 'OR' as const }],
        CompositeOperator: 'AND' as const,
      };
      const read = await fetchPages('Findings cannot be read from Security Hub V2', async (NextToken) => {
        const page = await client.send(new GetFindingsV2Command({ Filters, NextToken }));
        return { items: page.Findings ?? [], nextToken: page.NextToken };
      });
      if (!read.ok) return read;
      return success(
        read.value.flatMap((raw) => {
          const uid = textOf(memberOf(memberOf(raw, 'metadata'), 'uid'));
          const control = controlNameOf(raw);
          return uid === undefined || control === undefined ? [] : [{ uid, control }];
        }),
      );
    },

    async createTicket({ findingUid, token }) {
      const made = await attempt(`Security Hub V2 made no ticket by the connector ${connectorId}`, () =>
        client.send(
          new CreateTicketV2Command({
            ConnectorId: connectorId,
            FindingMetadataUid: findingUid ?? TEST_FINDING,
            ClientToken: token,
            ...(findingUid === undefined ? { Mode: 'DRYRUN' as const } : {}),
          }),
        ),
      );
      if (!made.ok) return made;
      const { TicketId } = made.value;
      if (TicketId !== undefined) return success(TicketId);
      return failure({ code: 'unknown', retryable: true, cause: 'Security Hub V2 named no ticket that it made' });
    },
  };
}
