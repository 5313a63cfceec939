import { toNotificationNames } from '../../core/configuration/names/notification-names';
import type { ProbedReceiver, PortResult } from '../ports';
import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

export interface ReceiverPorts extends DoctorPorts {
  /** Has the deployment probe receivers, whose secrets it alone reads. */
  readonly probeReceivers: () => PortResult<readonly ProbedReceiver[]>;
}

/**
 * Every configured channel is heard: its receiver takes our secret, or its addresses are confirmed. Nothing is sent.
 */
export async function checkReceivers(ports: ReceiverPorts): Promise<readonly Check[]> {
  const { deployment, prefix } = ports;
  const deployed = await deployment.fetchFunction(toNotificationNames(prefix).function);
  if (!deployed.ok) return [unknown('receivers', deployed.error)];
  // Without the notifier no channel is configured.
  if (deployed.value === undefined) return [];
  const probed = await ports.probeReceivers();
  const ofSecrets = probed.ok
    ? probed.value.map((probe) => checkProbe(probe, ports))
    : [unknown('receivers', probed.error)];
  return [...ofSecrets, ...(await checkAddresses(ports))];
}

function checkProbe({ channel, secretName, answer, found }: ProbedReceiver, { region }: DoctorPorts): Check {
  const check = `receiver ${channel}`;
  if (answer === 'taken') return ok(check, found);
  const again = `portcullis doctor --region ${region}`;
  if (answer === 'throttled') return { check, status: 'unknown', found, fix: `later: ${again}` };
  if (answer !== 'unauthorized') {
    const fix = `see docs/notifications.md; once it answers: portcullis notify test ${channel} --region ${region}`;
    return failed(check, found, fix);
  }
  return failed(
    check,
    found,
    'write what it takes into secret.json, in the form of docs/notifications.md, then: aws secretsmanager ' +
      `put-secret-value --secret-id ${secretName} --secret-string file://secret.json --region ${region}`,
  );
}

/** Who gets the mails of the channel is known to its topic. */
async function checkAddresses(ports: DoctorPorts): Promise<readonly Check[]> {
  const { deployment, prefix, region, partition, account } = ports;
  const names = toNotificationNames(prefix);
  const check = 'receiver email';
  const queue = await deployment.fetchQueue(names.queue('email'));
  if (!queue.ok) return [unknown(check, queue.error)];
  if (queue.value === undefined) return [];
  const topic = `arn:${partition}:sns:${region}:${account}:${names.mailTopic}`;
  const addresses = await deployment.fetchSubscriptions(topic);
  if (!addresses.ok) return [unknown(check, addresses.error)];
  const confirmed = addresses.value.filter(({ isConfirmed }) => isConfirmed).length;
  const found = `${String(confirmed)} of ${String(addresses.value.length)} addresses are confirmed`;
  if (confirmed > 0 && confirmed === addresses.value.length) return [ok(check, found)];
  const fix =
    `each has a mail with a link to follow; to have it sent again: aws sns subscribe --topic-arn ${topic} ` +
    `--protocol email --notification-endpoint ADDRESS --region ${region}`;
  return [failed(check, found, fix)];
}
