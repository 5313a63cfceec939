import type { FindingKey } from '../../core/findings/finding';
import { parseFindingsEvent } from '../../core/findings/parse-findings-event';
import { renderInputProblem } from '../../core/input-problem';
import { CONSOLE_ACTIONS, type ConsoleAction, type Trigger } from '../../core/ledger/remediation-record';
import { failure, success, type Result } from '../../core/result';

export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** How often the queue has delivered it, this time included. */
  readonly deliveries: number;
}

/** ARNs of the custom actions, by what they ask for. */
export type ActionArns = Readonly<Record<Exclude<ConsoleAction, 'isolate'>, string>> & {
  /** Missing where nothing is isolated. */
  readonly isolate?: string;
};

/** A message that was understood: what is asked for, by whom or what, and for which findings. */
export interface InboundMessage {
  readonly message: QueueMessage;
  /** Of the event, or of its message where the event has none: the same however often it is delivered. */
  readonly id: string;
  readonly action: ConsoleAction;
  readonly trigger: Trigger;
  readonly actionName: string | undefined;
  /** When a person chose the action, ISO 8601. */
  readonly askedAt?: string;
  readonly findings: readonly FindingKey[];
}

/** The error says why nobody can work on the message. */
export function parseMessage(message: QueueMessage, actionArns: ActionArns): Result<InboundMessage, string> {
  const body = parseJson(message.body);
  if (!body.ok) return body;
  const event = parseFindingsEvent(body.value);
  if (!event.ok) return failure(renderInputProblem(event.error));
  const { eventId: id = message.id } = event.value;
  if (event.value.trigger === 'imported') {
    return success({
      message,
      id,
      action: 'close',
      trigger: 'automatic',
      actionName: undefined,
      findings: event.value.findings,
    });
  }
  const { actionArn, actionName, askedAt, findings } = event.value;
  const action = CONSOLE_ACTIONS.find((each) => actionArns[each] === actionArn);
  if (action === undefined) return failure(`Custom action ${actionArn} is none of Portcullis.`);
  return success({
    message,
    id,
    action,
    trigger: 'custom-action',
    actionName,
    ...(askedAt === undefined ? {} : { askedAt }),
    findings,
  });
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return success(JSON.parse(text));
  } catch {
    return failure('The message is not JSON.');
  }
}
