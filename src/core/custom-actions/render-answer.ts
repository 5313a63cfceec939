import type { AnswerAddress } from './custom-resource-event';

/** How a request of CloudFormation went; a failure's reason is shown among the stack's events. */
export type Answer =
  | { readonly status: 'SUCCESS'; readonly physicalResourceId: string }
  | { readonly status: 'FAILED'; readonly physicalResourceId: string; readonly reason: string };

/**
 * A body of more than 4,096 bytes is refused, and the stack then waits for its time-out. Of what we write only the
 * reason has no limit of its own; four bytes a character are the worst case.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
const MAX_REASON_CHARACTERS = 500;

/** The JSON body that answers CloudFormation. */
export function renderAnswer(address: AnswerAddress, answer: Answer): string {
  return JSON.stringify({
    Status: answer.status,
    ...(answer.status === 'FAILED' && { Reason: shortened(answer.reason) }),
    PhysicalResourceId: answer.physicalResourceId,
    StackId: address.stackId,
    RequestId: address.requestId,
    LogicalResourceId: address.logicalResourceId,
  });
}

function shortened(reason: string): string {
  return reason.length > MAX_REASON_CHARACTERS ? `${reason.slice(0, MAX_REASON_CHARACTERS - 1)}…` : reason;
}
