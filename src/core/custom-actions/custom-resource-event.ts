import { failure, success, type Result } from '../result';
import * as z from '../zod-mini';
import { parseStackId, type AskingStack, type RequestedCustomAction } from './custom-action';

/** Where CloudFormation waits for the answer, and what the answer must repeat. */
export interface AnswerAddress {
  /** Signed: whoever knows it may answer, so that it is never logged. */
  readonly url: string;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly physicalResourceId: string | undefined;
}

/** What CloudFormation wants done for one custom action. */
export interface CustomActionRequest {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly stack: AskingStack;
  /** What an earlier answer named the resource: the action's ARN. Missing for a Create. */
  readonly physicalResourceId: string | undefined;
  readonly action: RequestedCustomAction;
  /** What the resource was to be before; for an Update only. */
  readonly before: RequestedCustomAction | undefined;
}

const text = z.string().check(z.minLength(1));

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requests.html */
const addressSchema = () =>
  z.object({
    ResponseURL: z.url(),
    StackId: text,
    RequestId: text,
    LogicalResourceId: text,
    PhysicalResourceId: z.optional(text),
  });

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateActionTarget.html */
const actionSchema = z.pipe(
  z.object({
    Id: z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/, 'must be 1 to 20 letters and digits')),
    Name: z.string().check(z.minLength(1), z.maxLength(20)),
    Description: text,
  }),
  z.transform(({ Id, Name, Description }) => ({ id: Id, name: Name, description: Description })),
);

const requestSchema = () =>
  z.object({
    RequestType: z.enum(['Create', 'Update', 'Delete']),
    StackId: z.string(),
    PhysicalResourceId: z.optional(z.string()),
    ResourceProperties: actionSchema,
    OldResourceProperties: z.optional(actionSchema),
  });

/** Where to answer, which is read for itself: also what is wrong with an event must be answered. */
export function parseAnswerAddress(event: unknown): Result<AnswerAddress, string> {
  const parsed = addressSchema().safeParse(event);
  if (!parsed.success) return failure(`not an event of CloudFormation: ${z.prettifyError(parsed.error)}`);
  const { ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId } = parsed.data;
  return success({
    url: ResponseURL,
    stackId: StackId,
    requestId: RequestId,
    logicalResourceId: LogicalResourceId,
    physicalResourceId: PhysicalResourceId,
  });
}

/** What to do. @returns a failure that says what is wrong with the event's properties */
export function parseCustomActionRequest(event: unknown): Result<CustomActionRequest, string> {
  const parsed = requestSchema().safeParse(event);
  if (!parsed.success) return failure(`The resource's properties are wrong: ${z.prettifyError(parsed.error)}`);
  const { RequestType, StackId, PhysicalResourceId, ResourceProperties, OldResourceProperties } = parsed.data;
  const stack = parseStackId(StackId);
  if (stack === undefined) return failure(`StackId ${StackId} is not the ARN of a stack`);
  return success({
    type: RequestType,
    stack,
    physicalResourceId: PhysicalResourceId,
    action: ResourceProperties,
    before: OldResourceProperties,
  });
}
