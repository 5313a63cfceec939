import { GetFindingsCommand, BatchUpdateFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A refusal as the SDK throws it. */
class Refusal extends Error {
  readonly $fault = 'client';
  readonly $metadata = { httpStatusCode: 400 };
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

type RawFinding = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const PAGE = 2;
const VALUES_PER_FILTER = 20;

/** At three calls a second, what a function can make before it times out. */
const PATIENCE_CALLS = 200;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html */
const ID_CHARACTERS = 512;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_NoteUpdate.html */
const NOTE_CHARACTERS = 512;

/**
 * A client of a Security Hub that refuses what the service documents as invalid: one bad value refuses the whole call.
 * `updated` holds the ids and notes that were written.
 */
export function strictSecurityHub(
  held: readonly RawFinding[],
  updated: { readonly id: string; readonly note: string }[],
): SecurityHubClient {
  let reads = 0;
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetFindingsCommand) {
      reads += 1;
      if (reads > PATIENCE_CALLS) throw new Refusal('LimitExceededException', 'Too many calls');
      const wanted = (command.input.Filters?.Id ?? []).map(({ Value }) => Value ?? '');
      if (wanted.length > VALUES_PER_FILTER) throw new Refusal('InvalidInputException', 'Too many values');
      for (const value of wanted) requireText(value);
      const found = held.filter(({ Id }) => wanted.some((value) => value === Id));
      const from = Number(command.input.NextToken ?? 0);
      const next = from + PAGE < found.length ? { NextToken: String(from + PAGE) } : {};
      return { Findings: found.slice(from, from + PAGE), ...next };
    }
    if (command instanceof BatchUpdateFindingsCommand) {
      const note = command.input.Note?.Text ?? '';
      if (note === '' || note.length > NOTE_CHARACTERS) throw new Refusal('InvalidInputException', 'Note.Text');
      if (/\p{Surrogate}/u.test(note)) throw new Refusal('InvalidInputException', 'Note.Text is no Unicode');
      for (const { Id } of command.input.FindingIdentifiers ?? []) updated.push({ id: Id ?? '', note });
      return { UnprocessedFindings: [] };
    }
    throw new Refusal('InvalidInputException', 'Unheard of');
  };
  return { send } as unknown as SecurityHubClient;
}

function requireText(value: string): void {
  // StringFilter.Value is a NonEmptyString, of the pattern `.*\S.*`; ids are no longer than a finding's.
  if (!/\S/.test(value)) throw new Refusal('InvalidInputException', 'Filters.Id must hold a visible character');
  if (value.length > ID_CHARACTERS) throw new Refusal('InvalidInputException', 'Filters.Id is too long');
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const SQS_CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+$/u;
const SQS_BYTES = 1_048_576;

/** A client of a queue that takes the characters and sizes that SQS takes, and no other. */
export function strictQueue(kept: { readonly body: string; readonly reason: string }[]): SQSClient {
  const send = async (command: unknown): Promise<unknown> => {
    if (!(command instanceof SendMessageCommand)) throw new Refusal('InvalidAction', 'Unheard of');
    const body = command.input.MessageBody ?? '';
    const reason = Object.values(command.input.MessageAttributes ?? {})[0]?.StringValue ?? '';
    for (const text of [body, reason]) {
      if (!SQS_CHARACTERS.test(text)) throw new Refusal('InvalidMessageContents', 'Characters that are not allowed');
    }
    if (Buffer.byteLength(body) + Buffer.byteLength(reason) > SQS_BYTES) {
      throw new Refusal('InvalidParameterValue', 'One or more parameters are too long');
    }
    kept.push({ body, reason });
    return {};
  };
  return { send } as unknown as SQSClient;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const EVENT_BYTES = 262_144;

/** What else there is, EventBridge would not have sent and SQS not delivered. */
export function isDeliverable(body: string): boolean {
  return SQS_CHARACTERS.test(body) && Buffer.byteLength(body) <= EVENT_BYTES;
}
