import type { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { Outside, type OutboxEntry } from '../../../sandbox/outside/outside';
import { createJiraReceiver } from '../../../sandbox/outside/jira';
import type { OutsideRequest, OutsideResponse } from '../../../sandbox/outside/outside-request';
import { answerPagerDuty } from '../../../sandbox/outside/pagerduty';
import { createServiceNowReceiver } from '../../../sandbox/outside/servicenow';
import { createSlackReceiver } from '../../../sandbox/outside/slack/slack-receiver';
import { problemOfPublish } from '../../../sandbox/sns/publish';
import { createMailTopic } from '../../../src/aws/sns/mail-topic';
import { createChannels } from '../../../src/channels/create-channel';
import { CHANNEL_NAMES, type ChannelName } from '../../../src/core/messages/channel-name';
import type { Mail } from '../../../src/core/messages/email/render-mail';
import { failure, success } from '../../../src/core/result';
import { MAX_NOTICE_DELIVERIES } from '../../../src/flow/limits';
import { notify, type NotifyPorts } from '../../../src/flow/notifying/notify';
import type { PortFailure, ThreadRecord, TicketOfFinding } from '../../../src/flow/ports';
import { assertDocumented } from '../as-documented';
import { rememberedThreads } from '../../flow/notifying/remembered-threads';

export const CHANNELS = CHANNEL_NAMES;

/** Of the form that each channel needs. */
export const SECRETS: Readonly<Record<string, object>> = {
  webhook: { signingKey: 'a-signing-key-of-32-characters-01' },
  pagerduty: { routingKey: '0123456789abcdef0123456789abcdef' },
  slack: { botToken: 'xoxb-0123456789', signingSecret: '0123456789abcdef' },
  servicenow: { user: 'portcullis', password: 'password' },
  jira: { email: 'portcullis@example.com', apiToken: 'token' },
};

const secretNameOf = (channel: string) => ({ secretName: `portcullis/${channel}` });

const SETTINGS = {
  webhook: { url: 'https://hook.example.com/portcullis', ...secretNameOf('webhook') },
  pagerduty: { host: 'events.pagerduty.com', ...secretNameOf('pagerduty') },
  slack: { channel: 'C0123ABCD', ...secretNameOf('slack') },
  servicenow: {
    ...{ instance: 'https://example.service-now.com', ...secretNameOf('servicenow') },
    ...{ resolveState: 'Resolved', reopenState: 'In Progress', closeCode: 'Solution provided', fields: {} },
  },
  jira: {
    ...{ site: 'https://example.atlassian.net', ...secretNameOf('jira'), project: 'SEC', issueType: 'Task' },
    ...{ resolveTransition: 'Done', reopenTransition: 'To Do', fields: {} },
  },
  email: {},
  securityhub: { connectorId: 'a1b2c3d4-5678-90ab-cdef-111111111111' },
};

/** How a receiver is out of order; `lost` and `garbled` do what they are asked for all the same. */
export type Trouble =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'hangs' | 'garbage' | 'lost' | 'garbled' };

interface Queued {
  readonly body: string;
  dueMillis: number;
  deliveries: number;
}

export type ReceiverStage = ReturnType<typeof makeReceiverStage>;

/**
 * A channel with its queue, as SQS and the notifier drive it, before the sandbox's receiver, on a clock of its own.
 * What is sent goes by `fetch`, which is the receiver here.
 */
export function createReceiverStage(name: ChannelName): ReceiverStage {
  return makeReceiverStage(name);
}

function makeReceiverStage(name: ChannelName) {
  const outside = new Outside({
    pagerduty: answerPagerDuty,
    slack: createSlackReceiver(),
    jira: createJiraReceiver(),
    servicenow: createServiceNowReceiver(),
  });
  const startedMillis = Date.parse('2026-11-29T12:00:00Z');
  let nowMillis = startedMillis;
  const now = () => new Date(nowMillis);
  const records = new Map<string, ThreadRecord>();
  const queue: Queued[] = [];
  const deadLetters: { readonly body: string; readonly reason: string }[] = [];
  const accepted: OutboxEntry[] = [];
  const mails: Mail[] = [];
  const tickets: TicketOfFinding[] = [];
  const stage = {
    secret: JSON.stringify(SECRETS[name]) as string | undefined,
    /** What its receiver does to a request, by the hours since the beginning. */
    trouble: (() => undefined) as (hours: number) => Trouble | undefined,
    tries: 0,
  };
  const hours = () => (nowMillis - startedMillis) / 3_600_000;

  function receive(request: OutsideRequest): OutsideResponse {
    stage.tries += 1;
    const trouble = stage.trouble(hours());
    if (trouble?.kind === 'status') return { headers: {}, body: 'out of order', ...trouble };
    if (trouble?.kind === 'hangs') throw new DOMException('The operation timed out.', 'TimeoutError');
    if (trouble?.kind === 'garbage') return { status: 200, headers: {}, body: '<html>Please log in</html>' };
    const answer = outside.take(request, nowMillis);
    if (answer === 'hang') throw new Error('nobody ordered that');
    const entry = outside.sent(name).at(-1);
    const isTaken = answer.status < 300 && !(name === 'slack' && answer.body.includes('"ok":false'));
    if (entry !== undefined && isTaken) accepted.push(entry);
    if (trouble?.kind === 'lost') throw new DOMException('The operation timed out.', 'TimeoutError');
    return trouble?.kind === 'garbled' ? { ...answer, body: '<html>Thank you</html>' } : answer;
  }

  const channel = createChannels(
    { [name]: SETTINGS[name] },
    {
      clock: { now },
      secrets: {
        fetchSecret: () =>
          Promise.resolve(
            stage.secret === undefined
              ? failure({ code: 'not-found', retryable: false, cause: 'There is no secret.' } as const)
              : success(stage.secret),
          ),
      },
      mailTopic: {
        async publish(mail) {
          stage.tries += 1;
          const trouble = stage.trouble(hours());
          if (trouble !== undefined) return failure(toAwsFailure(trouble));
          const refused = await problemOfMail(mail);
          if (refused !== undefined) return failure({ code: 'invalid', retryable: false, cause: refused });
          mails.push(mail);
          return success(undefined);
        },
      },
      findingTickets: {
        fetchFindings: (ids) =>
          Promise.resolve(success(ids.map((id) => ({ uid: `${id} in OCSF`, control: id.split('/')[1] ?? '' })))),
        createTicket(ticket) {
          stage.tries += 1;
          const trouble = stage.trouble(hours());
          if (trouble !== undefined) return Promise.resolve(failure(toAwsFailure(trouble)));
          tickets.push(ticket);
          return Promise.resolve(success(`SEC-${String(tickets.length)}`));
        },
      },
    },
  )[name];
  if (channel === undefined) throw new Error(`There is no channel ${name}.`);
  const notified = { name, filters: {}, channel };
  const ports: NotifyPorts = {
    clock: { now },
    deadLetters: {
      save(letter) {
        deadLetters.push(letter);
        return Promise.resolve(success(undefined));
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: { count: () => undefined },
    threads: rememberedThreads(records),
  };

  async function drive(): Promise<void> {
    const original = globalThis.fetch;
    globalThis.fetch = (url, init) => Promise.resolve().then(() => toResponse(receive(toRequest(url, init))));
    try {
      for (;;) {
        const next = [...queue].sort((a, b) => a.dueMillis - b.dueMillis)[0];
        if (next === undefined) break;
        nowMillis = Math.max(nowMillis, next.dueMillis);
        next.deliveries += 1;
        const outcome = await notify({ id: 'message', ...next }, notified, ports);
        // A request takes a second.
        nowMillis += 1000;
        if (outcome.kind === 'again' && next.deliveries < MAX_NOTICE_DELIVERIES) {
          next.dueMillis = nowMillis + outcome.inSeconds * 1000;
          continue;
        }
        queue.splice(queue.indexOf(next), 1);
        // As the queue's redrive policy does.
        if (outcome.kind === 'again') deadLetters.push({ body: next.body, reason: '' });
      }
    } finally {
      globalThis.fetch = original;
    }
    assertDocumented(outside.sent());
  }

  return Object.assign(stage, {
    accepted,
    mails,
    tickets,
    deadLetters,
    records,
    hours,
    /** Puts events into the queue, one a minute, and lets time pass until it is empty. */
    async deliver(...events: readonly object[]): Promise<void> {
      const firstMillis = nowMillis;
      for (const [index, event] of events.entries()) {
        queue.push({ body: JSON.stringify(event), dueMillis: firstMillis + index * 60_000, deliveries: 0 });
      }
      await drive();
    },
    /** As `aws sqs start-message-move-task` does. */
    async redrive(): Promise<void> {
      for (const { body } of deadLetters.splice(0)) queue.push({ body, dueMillis: nowMillis, deliveries: 0 });
      await drive();
    },
  });
}

function toRequest(url: string | URL | Request, init: RequestInit = {}): OutsideRequest {
  if (url instanceof Request) throw new Error('channels send no Request');
  const headers = Object.fromEntries(new Headers(init.headers));
  return {
    method: init.method ?? 'GET',
    url: String(url),
    headers,
    body: typeof init.body === 'string' ? init.body : '',
  };
}

function toResponse({ status, headers, body }: OutsideResponse): Response {
  return new Response(status === 204 ? null : body, { status, headers: { ...headers } });
}

/** What SNS says of a mail as it is published. */
async function problemOfMail(mail: Mail): Promise<string | undefined> {
  let problem: string | undefined;
  const send = (command: PublishCommand) => {
    problem = problemOfPublish(command.input);
    return Promise.resolve({});
  };
  await createMailTopic({ send } as unknown as SNSClient, 'arn:aws:sns:eu-central-1:111111111111:people').publish(mail);
  return problem;
}

/** AWS has no garbage: what it answers is what the SDK understands. */
function toAwsFailure(trouble: Trouble): PortFailure {
  const isThrottled = trouble.kind === 'status' && trouble.status === 429;
  return { code: isThrottled ? 'throttled' : 'unavailable', retryable: true, cause: 'AWS is out of order' };
}
