import type { CreateTicketV2Request, CreateTicketV2Response } from '@aws-sdk/client-securityhub';

import { AwsError } from '../../runtime/aws-error';
import type { Operation } from '../../runtime/operation';
import type { FindingStore } from '../finding-store';
import { notFound } from '../securityhub-error';
import { connectorArn } from './connector-v2-operations';
import type { ConnectorsV2, TicketV2 } from './connectors-v2';
import { hasFace, metadataUidOf } from './faces';
import type { HubsV2 } from './hubs-v2';
import { requireHubV2 } from './require-hub-v2';
import { invalid } from './validation-error';

/** Signal: a ticket was made; payload `TicketMade`. */
export const TICKET_MADE = 'securityhub:ticket';

export interface TicketMade extends TicketV2 {
  readonly isTest: boolean;
}

const TOKEN = /^[\x21-\x7E]{1,63}$/;

/**
 * Makes a ticket of a finding by a connector: the same for the same token, and for a while only as AWS's tokens go,
 * which here is for ever. With `DRYRUN` it is of a finding that AWS makes up. No ticket hears anything afterwards:
 * no page says that one would be. https://docs.aws.amazon.com/securityhub/latest/APIReference/API_CreateTicketV2.html
 */
export function createCreateTicketV2(
  store: FindingStore,
  hubs: HubsV2,
  connectors: ConnectorsV2,
): Operation<CreateTicketV2Request, CreateTicketV2Response> {
  return {
    permissions: ({ ConnectorId = '' }, context) => [
      { action: 'securityhub:CreateTicketV2', resource: connectorArn(context, ConnectorId) },
    ],
    handle: ({ ConnectorId = '', FindingMetadataUid = '', ClientToken, Mode }, context) => {
      requireHubV2(hubs, context);
      if (FindingMetadataUid.trim() === '') throw invalid('FindingMetadataUid is missing');
      if (ClientToken !== undefined && !TOKEN.test(ClientToken)) throw invalid('ClientToken has 1 to 63 characters');
      const connector = connectors.get(ConnectorId);
      const before = connectors.madeBy(ConnectorId, ClientToken);
      if (before !== undefined && before.findingUid !== FindingMetadataUid) {
        throw new AwsError('ConflictException', 'ClientToken was used for another ticket.', 409);
      }
      if (before !== undefined) return toAnswer(before.ticketId);
      if (connector.status !== 'CONNECTED') throw new AwsError('ConflictException', 'Cannot find jira project', 409);
      const isKnown = store
        .visibleTo(context)
        .some((each) => hasFace(each) && metadataUidOf(each) === FindingMetadataUid);
      if (Mode === undefined && !isKnown) throw notFound(`Finding ${FindingMetadataUid} does not exist.`);
      const made = connectors.addTicket({
        connectorId: ConnectorId,
        findingUid: FindingMetadataUid,
        token: ClientToken,
      });
      context.world.emit(TICKET_MADE, { ...made, isTest: Mode !== undefined } satisfies TicketMade);
      return toAnswer(made.ticketId);
    },
  };
}

function toAnswer(ticketId: string): CreateTicketV2Response {
  return { TicketId: ticketId, TicketSrcUrl: `https://example.atlassian.net/browse/SEC-${ticketId}` };
}
