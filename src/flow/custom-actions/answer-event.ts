import { parseCustomActionRequest, type AnswerAddress } from '../../core/custom-actions/custom-resource-event';
import type { Answer } from '../../core/custom-actions/render-answer';
import { provideCustomAction, type CustomActionPorts } from './provide-custom-action';

/**
 * The answer to an event of CloudFormation, whatever happens: a stack that gets none waits for its time-out.
 * @param deadline resolves when there is just time left to answer
 */
export async function answerEvent(
  event: unknown,
  address: AnswerAddress,
  ports: CustomActionPorts,
  deadline: Promise<void>,
): Promise<Answer> {
  const failed = (reason: string): Answer => ({ status: 'FAILED', physicalResourceId: nameOf(address), reason });
  const outOfTime = deadline.then(() => failed('Security Hub did not answer in time; deploy again'));
  try {
    return await Promise.race([carryOut(event, address, ports), outOfTime]);
  } catch (error) {
    // A bug of ours, but not one for which a deployment may hang for an hour.
    ports.log.error('The custom action could not be provided', { error: String(error) });
    return failed(`The function failed: ${String(error)}`);
  }
}

async function carryOut(event: unknown, address: AnswerAddress, ports: CustomActionPorts): Promise<Answer> {
  const request = parseCustomActionRequest(event);
  if (request.ok) return provideCustomAction(request.value, ports);
  const physicalResourceId = nameOf(address);
  // Nothing was ever made of properties that are wrong, and a stack that failed over them must be able to go.
  if (isDelete(event)) return { status: 'SUCCESS', physicalResourceId };
  return { status: 'FAILED', physicalResourceId, reason: request.error };
}

function nameOf({ physicalResourceId, logicalResourceId }: AnswerAddress): string {
  return physicalResourceId ?? `${logicalResourceId}-not-made`;
}

function isDelete(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'RequestType' in event && event.RequestType === 'Delete';
}
