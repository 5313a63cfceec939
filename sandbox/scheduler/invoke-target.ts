import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { Call } from '../runtime/operation';
import { scheduleGroupArn, type Place, type Schedule } from './schedule';

export const SCHEDULER = 'scheduler.amazonaws.com';

export interface FailedInvocation {
  readonly at: string;
  readonly scheduleArn: string;
  readonly targetArn: string;
  readonly code: string;
  readonly message: string;
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;
const LONGEST_RETRY_SECONDS = 600;

/**
 * Sends the schedule's input to its queue or function, with its execution role. What may pass is tried again on the
 * world's clock; what may not goes to the dead-letter queue, with the same role, or is reported to `recordFailure`.
 */
export async function invokeTarget(
  place: Place,
  schedule: Schedule,
  scheduledMillis: number,
  recordFailure: (failure: FailedInvocation) => void,
  retries = 0,
): Promise<void> {
  const { world } = place;
  const { Target: target } = schedule.input;
  const targetArn = target?.Arn ?? '';
  try {
    await send(place, schedule, targetArn, fillIn(target?.Input ?? '{}', schedule, scheduledMillis));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { MaximumRetryAttempts = DEFAULT_RETRIES, MaximumEventAgeInSeconds = DEFAULT_AGE_SECONDS } =
      target?.RetryPolicy ?? {};
    const nextMillis = world.clock.now() + Math.min(2 ** retries, LONGEST_RETRY_SECONDS) * 1000;
    const mayPass = error.status >= 500 || error.status === 429 || /Throttl/.test(error.code);
    if (mayPass && retries < MaximumRetryAttempts && nextMillis <= scheduledMillis + MaximumEventAgeInSeconds * 1000) {
      world.clock.schedule(nextMillis, () =>
        invokeTarget(place, schedule, scheduledMillis, recordFailure, retries + 1),
      );
      return;
    }
    const { code, message } = error;
    const at = new Date(world.clock.now()).toISOString();
    const failed = { at, scheduleArn: schedule.arn, targetArn, code, message };
    if (!(await setAside(place, schedule, failed, retries, scheduledMillis))) recordFailure(failed);
  }
}

/**
 * Keywords in the input stand for what is known of the invocation.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
function fillIn(input: string, { arn }: Schedule, scheduledMillis: number): string {
  const time = `${new Date(scheduledMillis).toISOString().slice(0, 19)}Z`;
  return input.replaceAll('<aws.scheduler.schedule-arn>', arn).replaceAll('<aws.scheduler.scheduled-time>', time);
}

async function send(
  place: Place,
  schedule: Schedule,
  targetArn: string,
  body: string,
  more: object = {},
): Promise<void> {
  const arn = parseArn(targetArn);
  if (arn?.service !== 'sqs' && arn?.service !== 'lambda') {
    throw new AwsError('ValidationException', `Target ${targetArn} is not in the sandbox`);
  }
  const { world, account } = place;
  const { principal } = world.identity.assumeAsService({
    service: SCHEDULER,
    roleArn: schedule.input.Target?.RoleArn ?? '',
    sessionName: schedule.name,
    sourceAccount: account,
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    sourceArn: scheduleGroupArn(place, schedule.groupName),
  });
  const call: Call = { principal, account: arn.account, region: arn.region };
  if (arn.service === 'lambda') {
    const Payload = Buffer.from(body);
    await world.call('lambda', 'Invoke', { FunctionName: targetArn, InvocationType: 'Event', Payload }, call);
    return;
  }
  const QueueUrl = `${world.endpoint}/${arn.account}/${arn.resource}`;
  await world.call('sqs', 'SendMessage', { QueueUrl, MessageBody: body, ...more }, call);
}

/** @returns whether a dead-letter queue has it. */
async function setAside(
  place: Place,
  schedule: Schedule,
  { code, message, targetArn }: FailedInvocation,
  retries: number,
  scheduledMillis: number,
): Promise<boolean> {
  const { DeadLetterConfig, Input: input = '{}' } = schedule.input.Target ?? {};
  const body = fillIn(input, schedule, scheduledMillis);
  if (DeadLetterConfig?.Arn === undefined) return false;
  const attributes = {
    ERROR_CODE: code,
    ERROR_MESSAGE: message.slice(0, 1024),
    RETRY_ATTEMPTS: String(retries),
    SCHEDULED_TIME: new Date(scheduledMillis).toISOString(),
    SCHEDULE_ARN: schedule.arn,
    TARGET_ARN: targetArn,
  };
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
  try {
    await send(place, schedule, DeadLetterConfig.Arn, body, { MessageAttributes });
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
