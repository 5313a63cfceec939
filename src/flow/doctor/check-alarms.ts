import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

/** None has gone off, all of them notify somebody, and somebody listens. */
export async function checkAlarms({
  deployment,
  names,
  region,
  partition,
  account,
}: DoctorPorts): Promise<readonly Check[]> {
  const topicArn = `arn:${partition}:sns:${region}:${account}:${names.alarmTopic}`;
  const [alarms, subscriptions] = await Promise.all([
    deployment.fetchAlarms(names.alarm('')),
    deployment.fetchSubscriptions(topicArn),
  ]);
  const checks: Check[] = [];
  if (!alarms.ok) checks.push(unknown('alarms', alarms.error));
  else if (alarms.value.length === 0) {
    checks.push(failed('alarms', 'there are none', `npx cdk deploy ${names.stacks.hub}`));
  } else {
    const quiet = alarms.value.filter(({ state }) => state !== 'ALARM').length;
    const mute = alarms.value.filter(({ notifies }) => !notifies).map(({ name }) => name);
    for (const { name, state } of alarms.value) {
      if (state !== 'ALARM') continue;
      const fix = `what to do stands in its description: aws cloudwatch describe-alarms --alarm-names ${name} --region ${region}`;
      checks.push(failed(`alarm ${name}`, 'has gone off', fix));
    }
    if (mute.length > 0) {
      const fix = `aws cloudwatch enable-alarm-actions --alarm-names ${mute.join(' ')} --region ${region}`;
      checks.push(failed('alarms', `notify nobody: ${mute.join(', ')}`, fix));
    } else checks.push(ok('alarms', `${String(quiet)} of ${String(alarms.value.length)} are quiet`));
  }
  if (!subscriptions.ok) checks.push(unknown('who hears alarms', subscriptions.error));
  else checks.push(checkSubscriptions(subscriptions.value, topicArn, { stack: names.stacks.hub, region }));
  return checks;
}

function checkSubscriptions(
  subscriptions: readonly { readonly protocol: string; readonly isConfirmed: boolean }[],
  topicArn: string,
  { stack, region }: { readonly stack: string; readonly region: string },
): Check {
  const check = 'who hears alarms';
  const confirmed = subscriptions.filter(({ isConfirmed }) => isConfirmed);
  if (confirmed.length > 0)
    return ok(check, `${String(confirmed.length)} (${confirmed.map((one) => one.protocol).join(', ')})`);
  if (subscriptions.length > 0) {
    const again = `aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint ADDRESS`;
    const fix = `follow the link in the mail that AWS has sent; to have it sent again: ${again} --region ${region}`;
    return failed(check, 'nobody: no subscription is confirmed', fix);
  }
  return failed(check, 'nobody', `set alarmEmail in portcullis.yaml, then npx cdk deploy ${stack}`);
}
