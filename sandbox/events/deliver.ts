import type { Target } from '@aws-sdk/client-eventbridge';

import { parseArn, type Arn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import { selectByJsonPath } from '../runtime/json-path';
import type { Call, Principal } from '../runtime/operation';
import type { World } from '../runtime/world';
import type { BusEvent } from './bus-event';
import type { Bus, FailedInvocation, Rule } from './buses';
import { toTargetInput } from './input-transformer';

const SERVICE = 'events.amazonaws.com';
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const DEFAULT_RETRY_ATTEMPTS = 185;
const DEFAULT_MAXIMUM_EVENT_AGE_SECONDS = 86_400;
const FIRST_RETRY_SECONDS = 1;
const LONGEST_RETRY_SECONDS = 600;

interface Delivery {
  readonly world: World;
  readonly bus: Bus;
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
  readonly startedMillis: number;
  readonly recordFailure: (failure: FailedInvocation) => void;
}

/**
 * Hands an event to one target of a rule. What may pass by itself (throttling, a service error) is tried again on the
 * world's clock; what may not goes to the dead-letter queue at once, or is recorded when there is none.
 */
export async function deliver(delivery: Omit<Delivery, 'startedMillis'>): Promise<void> {
  await attempt({ ...delivery, startedMillis: delivery.world.clock.now() }, 0);
}

async function attempt(delivery: Delivery, retries: number): Promise<void> {
  const { world, target } = delivery;
  try {
    await invoke(delivery);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const delaySeconds = Math.min(FIRST_RETRY_SECONDS * 2 ** retries, LONGEST_RETRY_SECONDS);
    const nextMillis = world.clock.now() + delaySeconds * 1000;
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = target.RetryPolicy ?? {};
    const endMillis = delivery.startedMillis + (MaximumEventAgeInSeconds ?? DEFAULT_MAXIMUM_EVENT_AGE_SECONDS) * 1000;
    if (isRetryable(error) && retries < (MaximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS) && nextMillis <= endMillis) {
      world.clock.schedule(nextMillis, () => attempt(delivery, retries + 1));
      return;
    }
    await giveUp(delivery, error, retries);
  }
}

function isRetryable(error: AwsError): boolean {
  // 408: nobody knows whether it arrived, so it may arrive twice.
  return (
    error.status >= 500 ||
    error.status === 429 ||
    error.status === 408 ||
    /Throttl|TooManyRequests|LimitExceeded/.test(error.code)
  );
}

async function invoke(delivery: Delivery): Promise<void> {
  const { target, event, rule, world } = delivery;
  const arn = parseArn(target.Arn ?? '');
  const send = arn && SENDERS[arn.service];
  if (!send) throw new AwsError('InvalidTarget', `Target ${target.Arn ?? ''} is not in the sandbox`);
  const [signingName, operation, input] = send(arn, target, toTargetInput(target, event, rule), event, world);
  await world.call(signingName, operation, input, caller(delivery, arn));
}

type Request = readonly [signingName: string, operation: string, input: object];

const SENDERS: Readonly<
  Record<string, (arn: Arn, target: Target, input: string, event: BusEvent, world: World) => Request>
> = {
  sqs: (arn, target, input, event, world) => [
    'sqs',
    'SendMessage',
    {
      QueueUrl: `${world.endpoint}/${arn.account}/${arn.resource}`,
      MessageBody: input,
      ...messageGroup(target, event),
    },
  ],
  sns: (_arn, target, input) => ['sns', 'Publish', { TopicArn: target.Arn, Message: input }],
  lambda: (_arn, target, input) => [
    'lambda',
    'Invoke',
    { FunctionName: target.Arn, InvocationType: 'Event', Payload: Buffer.from(input) },
  ],
  // An event keeps its id, account and Region on its way through buses: more than PutEvents can say.
  events: (_arn, target, _input, event) => ['events', 'ForwardEvent', { EventBusArn: target.Arn, Event: event }],
};

/** A text, or the path of one in the event. */
function messageGroup({ SqsParameters }: Target, event: BusEvent): { readonly MessageGroupId?: string } {
  const given = SqsParameters?.MessageGroupId ?? '';
  const group = given.startsWith('$.') ? selectByJsonPath(event, given) : given;
  return typeof group === 'string' && group !== '' ? { MessageGroupId: group } : {};
}

function caller({ world, bus, rule, target }: Delivery, arn: Arn): Call {
  const principal: Principal = target.RoleArn
    ? world.identity.assumeAsService({
        service: SERVICE,
        roleArn: target.RoleArn,
        sessionName: rule.name.slice(0, 64),
        sourceAccount: bus.account,
        sourceArn: rule.arn,
      }).principal
    : { kind: 'service', service: SERVICE, account: bus.account, sourceArn: rule.arn };
  return { principal, account: arn.account, region: arn.region };
}

async function giveUp(delivery: Delivery, error: AwsError, retries: number): Promise<void> {
  const { world, bus, rule, target, event } = delivery;
  const failure: FailedInvocation = {
    at: new Date(world.clock.now()).toISOString(),
    ruleArn: rule.arn,
    targetArn: target.Arn ?? '',
    code: error.code,
    message: error.message,
    eventId: event.id,
  };
  const queue = parseArn(target.DeadLetterConfig?.Arn ?? '');
  if (!queue) {
    delivery.recordFailure(failure);
    return;
  }
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: failure.targetArn,
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message,
    RETRY_ATTEMPTS: String(retries),
  };
  try {
    await world.call(
      'sqs',
      'SendMessage',
      {
        QueueUrl: `${world.endpoint}/${queue.account}/${queue.resource}`,
        MessageBody: JSON.stringify(event),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
        ),
      },
      {
        principal: { kind: 'service', service: SERVICE, account: bus.account, sourceArn: rule.arn },
        account: queue.account,
        region: queue.region,
      },
    );
  } catch (deadLetterError) {
    if (!(deadLetterError instanceof AwsError)) throw deadLetterError;
    delivery.recordFailure(failure);
    delivery.recordFailure({
      ...failure,
      targetArn: target.DeadLetterConfig?.Arn ?? '',
      code: deadLetterError.code,
      message: deadLetterError.message,
    });
  }
}
