import { toNotificationNames } from '../../core/configuration/names/notification-names';
import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

const CHECK = 'Security Hub connector';

/** Some connector of Security Hub V2 makes tickets, where they are to be made. Nothing where they are not. */
export async function checkConnector({ deployment, prefix, region }: DoctorPorts): Promise<readonly Check[]> {
  const queue = await deployment.fetchQueue(toNotificationNames(prefix).queue('securityhub'));
  if (!queue.ok) return [unknown(CHECK, queue.error)];
  if (queue.value === undefined) return [];
  const connectors = await deployment.fetchConnectors();
  if (!connectors.ok) return [unknown(CHECK, connectors.error)];
  const shown = connectors.value.map(({ id, name, status }) => `${name} (${id}): ${status}`).join(', ');
  if (connectors.value.some(({ status }) => status === 'CONNECTED')) return [ok(CHECK, shown)];
  const fix =
    `connect one in Security Hub's console in ${region} (Management, Integrations), write its id as ` +
    `notifications.securityHub.connectorId, then: portcullis notify test securityhub --region ${region}`;
  return [failed(CHECK, shown === '' ? 'there is none' : shown, fix)];
}
