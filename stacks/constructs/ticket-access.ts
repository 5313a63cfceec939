import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import { readFindings } from './hub-permissions';

/**
 * Has Security Hub V2 make tickets by the connector that is configured, of findings that are read there; nothing where
 * none is. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export function ticketAccess(
  role: Role,
  { notifications }: Pick<Configuration, 'notifications'>,
): readonly PolicyStatement[] {
  const { connectorId } = notifications?.securityHub ?? {};
  if (connectorId === undefined) return [];
  const connector = Stack.of(role).formatArn({
    service: 'securityhub',
    resource: 'connectorv2',
    resourceName: connectorId,
  });
  return [
    readFindings(role, 'v2'),
    new PolicyStatement({ sid: 'MakeTickets', actions: ['securityhub:CreateTicketV2'], resources: [connector] }),
  ];
}
