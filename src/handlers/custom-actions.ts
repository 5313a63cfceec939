import type { Context } from 'aws-lambda';
import { createCustomActionAdapters } from '../aws/adapters/custom-action-adapters';
import { sendAnswer } from '../aws/cloudformation/send-answer';
import { parseAnswerAddress } from '../core/custom-actions/custom-resource-event';
import { renderAnswer } from '../core/custom-actions/render-answer';
import { answerEvent } from '../flow/custom-actions/answer-event';

/** What four attempts to answer may take. */
const ANSWERING_SECONDS = 30;

const adapters = createCustomActionAdapters();

/**
 * Custom actions for CloudFormation where its registry has no AWS::SecurityHub::ActionTarget: the function behind a
 * custom resource. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref.html
 */
export async function handler(
  event: unknown,
  { getRemainingTimeInMillis }: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> {
  const address = parseAnswerAddress(event);
  if (!address.ok) throw new Error(address.error);
  const deadline = adapters.pause(getRemainingTimeInMillis() / 1000 - ANSWERING_SECONDS);
  const answer = await answerEvent(event, address.value, adapters, deadline);
  adapters.log.info('Answered CloudFormation', { ...answer });
  await sendAnswer(address.value.url, renderAnswer(address.value, answer), adapters.pause);
}
