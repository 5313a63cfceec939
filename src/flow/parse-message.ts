import type { FindingKey } from '../core/findings/finding';
import { parseFindingsEvent } from '../core/findings/parse-findings-event';
import { renderInputProblem } from '../core/input-problem';
import type { Trigger } from '../core/ledger/remediation-record';
import { failure, success, type Result } from '../core/result';

export interface QueueMessage {
  readonly id: string;
  readonly body: string;
}

/** A message that was understood: which findings, and who or what asks for them. */
export interface Intake {
  readonly message: QueueMessage;
  readonly trigger: Trigger;
  readonly actionName: string | undefined;
  readonly findings: readonly FindingKey[];
}

/** The error says why nobody can work on the message. */
export function parseMessage(message: QueueMessage, closeActionArn: string): Result<Intake, string> {
  const body = parseJson(message.body);
  if (!body.ok) return body;
  const event = parseFindingsEvent(body.value);
  if (!event.ok) return failure(renderInputProblem(event.error));
  if (event.value.trigger === 'imported') {
    return success({ message, trigger: 'automatic', actionName: undefined, findings: event.value.findings });
  }
  const { actionArn, actionName, findings } = event.value;
  if (actionArn !== closeActionArn) return failure(`Custom action ${actionArn} is none that closes ingress.`);
  return success({ message, trigger: 'custom-action', actionName, findings });
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return success(JSON.parse(text));
  } catch {
    return failure('The message is not JSON.');
  }
}
