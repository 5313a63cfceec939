import * as z from 'zod';
import { withFix } from './fixes';

/** https://docs.aws.amazon.com/securityhub/latest/APIReference/API_CreateTicketV2.html */
export const securityHubTicketFields = {
  connectorId: withFix(
    z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    'write the id of a connector as aws securityhub list-connectors-v2 shows it, such as ' +
      'a1b2c3d4-5678-90ab-cdef-111111111111, not its ARN',
  ).describe('The connector of Security Hub V2, to Jira Cloud or ServiceNow, in the aggregation Region.'),
};

interface Mistake {
  readonly path: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** Tickets of Security Hub V2 are made of its findings, which `securityHub: cspm` does not look at. */
export function findTicketsWithoutV2(configuration: {
  readonly securityHub: string;
  readonly notifications?: { readonly securityHub?: unknown } | undefined;
}): readonly Mistake[] {
  const { securityHub, notifications } = configuration;
  if (securityHub !== 'cspm' || notifications?.securityHub === undefined) return [];
  const message = 'has tickets made of findings of Security Hub V2, and securityHub: cspm does not look there';
  const fix = 'write securityHub: both, or v2, or use jira or serviceNow';
  return [{ path: ['notifications', 'securityHub'], message, fix }];
}
