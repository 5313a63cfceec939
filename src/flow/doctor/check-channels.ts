import { toNotificationNames } from '../../core/configuration/names/notification-names';
import { CHANNEL_NAMES, type ChannelName } from '../../core/messages/channel-name';
import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

/** A queue that nobody empties: whatever the channel is to be notified of waits there. */
const MOST_WAITING = 100;

/** Of every channel that is deployed: nothing piles up, and nothing was given up. Nothing is sent. */
export async function checkChannels(ports: DoctorPorts): Promise<readonly Check[]> {
  const checks = await Promise.all(CHANNEL_NAMES.map((channel) => checkChannel(channel, ports)));
  return checks.flat();
}

async function checkChannel(
  channel: ChannelName,
  { deployment, prefix, region }: DoctorPorts,
): Promise<readonly Check[]> {
  const check = `channel ${channel}`;
  const names = toNotificationNames(prefix);
  const [queue, letters] = await Promise.all([
    deployment.fetchQueue(names.queue(channel)),
    deployment.fetchQueue(names.deadLetters(channel)),
  ]);
  if (!queue.ok) return [unknown(check, queue.error)];
  // One that is not configured has no queue, and is no mistake.
  if (queue.value === undefined) return [];
  if (!letters.ok) return [unknown(check, letters.error)];
  const given = (letters.value?.waiting ?? 0) + (letters.value?.underWay ?? 0);
  if (given > 0) {
    const found = `${String(given)} messages that its receiver did not take`;
    return [
      failed(check, found, `see docs/notifications.md, then: portcullis notify test ${channel} --region ${region}`),
    ];
  }
  const { waiting } = queue.value;
  if (waiting <= MOST_WAITING) return [ok(check, `${String(waiting)} waiting, none given up`)];
  const fix = `its function's log says why: aws logs tail /aws/lambda/${names.function} --region ${region}`;
  return [failed(check, `${String(waiting)} messages wait`, fix)];
}
