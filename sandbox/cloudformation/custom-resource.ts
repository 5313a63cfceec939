import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import { integerProperty, parseProperties } from '../runtime/parse-properties';
import type { ProvisionedResource } from '../runtime/operation';
import type { World } from '../runtime/world';

/** The world's signal for an answer to a custom resource; the payload is a {@link CustomResourceAnswer}. */
export const customResourceAnswered = 'cloudformation:answered';

/** What somebody put at a `ResponseURL`. */
export interface CustomResourceAnswer {
  readonly requestId: string;
  readonly body: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html */
const MAX_ANSWER_BYTES = 4096;

const LAMBDA_ARN = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:/;

const properties = z.looseObject({
  ServiceToken: z.string().regex(LAMBDA_ARN, 'the sandbox asks Lambda functions only, no topics'),
  ServiceTimeout: integerProperty.min(1).max(3600).default(3600),
});

const answerSchema = z.strictObject({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string().min(1).max(1024),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  NoEcho: z.boolean().optional(),
  Data: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Whether a function makes resources of this type.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 */
export function isCustomResource(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/**
 * Makes a custom resource as CloudFormation does: its function is invoked asynchronously, and what it puts at the
 * `ResponseURL` decides.
 * @throws AwsError when the function answers FAILED, answers what CloudFormation does not take, or not in time
 */
export async function makeCustomResource(
  given: Readonly<Record<string, unknown>>,
  place: {
    readonly world: World;
    readonly account: string;
    readonly region: string;
    readonly type: string;
    readonly logicalId: string;
    readonly stackId: string;
  },
): Promise<ProvisionedResource> {
  const { world, account, region, type, logicalId, stackId } = place;
  const { ServiceToken, ServiceTimeout } = parseProperties(type, properties, given);
  const requestId = world.uuid();
  const event = {
    RequestType: 'Create',
    ServiceToken,
    ResponseURL: `${world.endpoint}/_sandbox/cloudformation/${requestId}`,
    StackId: stackId,
    RequestId: requestId,
    LogicalResourceId: logicalId,
    ResourceType: type,
    // Whatever is a number or a boolean in a template arrives as a text.
    ResourceProperties: toTexts(given),
  };
  const answered = answerTo(world, requestId, ServiceTimeout);
  const principal = { kind: 'account', account } as const;
  const Payload = Buffer.from(JSON.stringify(event));
  const request = { FunctionName: ServiceToken, InvocationType: 'Event', Payload };
  await world.call('lambda', 'Invoke', request, { principal, account, region });
  const answer = parseAnswer(await answered, { StackId: stackId, RequestId: requestId, LogicalResourceId: logicalId });
  if (answer.Status === 'FAILED') {
    throw failed(`Received response status [FAILED] from custom resource. Message returned: ${answer.Reason ?? ''}`);
  }
  const attributes = Object.entries(answer.Data ?? {}).map(([name, value]) => [name, String(value)] as const);
  return { ref: answer.PhysicalResourceId, attributes: Object.fromEntries(attributes) };
}

function answerTo(world: World, requestId: string, timeoutSeconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const callOff = world.clock.schedule(world.clock.now() + timeoutSeconds * 1000, () => {
      reject(failed('CloudFormation did not receive a response from your Custom Resource.'));
    });
    world.on(customResourceAnswered, (payload) => {
      // Published under this name by the wire only, with this type.
      const answer = payload as CustomResourceAnswer;
      if (answer.requestId !== requestId) return;
      callOff();
      resolve(answer.body);
    });
  });
}

function parseAnswer(body: string, expected: Readonly<Record<string, string>>): z.output<typeof answerSchema> {
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_ANSWER_BYTES)
    throw failed(`Response object is too long: ${bytes} bytes, more than ${MAX_ANSWER_BYTES}`);
  const answer = answerSchema.safeParse(parseJson(body));
  if (!answer.success) throw failed(`Invalid response object: ${z.prettifyError(answer.error)}`);
  const wrong = Object.entries(expected).find(([name, value]) => Reflect.get(answer.data, name) !== value);
  if (wrong) throw failed(`Invalid response object: ${wrong[0]} must be the request's, ${wrong[1]}`);
  return answer.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function toTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toTexts);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toTexts(item)]));
  }
  return typeof value === 'string' ? value : String(value);
}

function failed(reason: string): AwsError {
  return new AwsError('CustomResourceFailed', reason);
}
