import { Outside } from '../../sandbox/outside/outside';
import { createJiraReceiver } from '../../sandbox/outside/jira';
import type { OutsideResponse } from '../../sandbox/outside/outside-request';
import { createServiceNowReceiver } from '../../sandbox/outside/servicenow';
import type { Http } from '../../src/channels/http';
import { createJiraChannel } from '../../src/channels/jira/jira-channel';
import { createServiceNowChannel } from '../../src/channels/servicenow/servicenow-channel';
import { failure, success } from '../../src/core/result';
import { notify, type NotifyOutcome, type NotifyPorts } from '../../src/flow/notifying/notify';
import type { DeliveryFailure, ThreadRecord } from '../../src/flow/ports';
import { busEvent } from '../end-to-end/channels/bus-event';
import { assertDocumented } from './as-documented';
import { rememberedThreads } from '../flow/notifying/remembered-threads';

export const SYSTEMS = ['jira', 'servicenow'] as const;
export type System = (typeof SYSTEMS)[number];

const SECRETS = {
  jira: { email: 'portcullis@example.com', apiToken: 'token' },
  servicenow: { user: 'portcullis', password: 'password' },
};

/** A ticket channel before a receiver of the sandbox, with the ledger's memory and ways to make either fail. */
export function createTicketStage(system: System): TicketStage {
  return makeTicketStage(system);
}

type TicketStage = ReturnType<typeof makeTicketStage>;

function makeTicketStage(system: System) {
  const outside = new Outside({ jira: createJiraReceiver(), servicenow: createServiceNowReceiver() });
  const records = new Map<string, ThreadRecord>();
  const deadLetters: string[] = [];
  const stage = { secret: JSON.stringify(SECRETS[system]) as string | undefined, loses: '', clock: 0, deliveries: 1 };
  const take = (method: string, url: string, headers: Record<string, string>, body = '') => {
    const answer = outside.take({ method, url, headers, body }, (stage.clock += 1000));
    return answer === 'hang' ? { status: 504, headers: {}, body: '' } : answer;
  };
  const http: Http = {
    send({ method, url, headers, body, alsoTaken = [] }) {
      const answer = take(method, url, headers, body);
      // It did what it was asked for, and nobody heard of it.
      const isLost = stage.loses !== '' && `${method} ${url}`.includes(stage.loses);
      if (isLost) stage.loses = '';
      if (isLost) return Promise.resolve(failure({ code: 'unavailable', retryable: true, cause: 'lost' } as const));
      if (answer.status < 300 || alsoTaken.includes(answer.status)) {
        return Promise.resolve(success({ status: answer.status, text: answer.body }));
      }
      return Promise.resolve(failure(toFailure(answer)));
    },
  };
  const secrets = {
    fetchSecret: () =>
      Promise.resolve(
        stage.secret === undefined
          ? failure({ code: 'not-found', retryable: false, cause: 'no secret' } as const)
          : success(stage.secret),
      ),
  };
  const secretName = `portcullis/${system}`;
  const channel =
    system === 'jira'
      ? createJiraChannel(
          {
            ...{ site: 'https://example.atlassian.net', secretName, project: 'SEC', issueType: 'Task' },
            ...{ resolveTransition: 'Done', reopenTransition: 'To Do', fields: { labels: ['team'] } },
          },
          { http, secrets },
        )
      : createServiceNowChannel(
          {
            ...{ instance: 'https://example.service-now.com', secretName, resolveState: 'Resolved' },
            ...{ reopenState: 'In Progress', closeCode: 'Solution provided', fields: { assignment_group: 'Network' } },
          },
          { http, secrets },
        );
  const ports: NotifyPorts = {
    clock: { now: () => new Date('2026-11-29T12:00:00Z') },
    deadLetters: {
      save({ reason }) {
        deadLetters.push(reason);
        return Promise.resolve(success(undefined));
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: { count: () => undefined },
    threads: rememberedThreads(records),
  };
  let minutes = 0;
  return Object.assign(stage, {
    records,
    deadLetters,
    order: (answer: { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }) => {
      outside.order(system, { times: 1, headers: {}, ...answer });
    },
    event(kind: string, detail: object = {}, about = {}) {
      const time = new Date(Date.UTC(2026, 10, 29, 12, (minutes += 1))).toISOString();
      return busEvent(kind, { ...detail }, { time, ...about });
    },
    async deliver(event: object, deliveries = 1): Promise<NotifyOutcome> {
      const message = { id: 'message', body: JSON.stringify(event), deliveries };
      const outcome = await notify(message, { name: system, filters: {}, channel }, ports);
      assertDocumented(outside.sent());
      return outcome;
    },
    /** What people at the receiver do. */
    act: (method: string, path: string, body: object = {}) =>
      take(method, `${ORIGINS[system]}${path}`, { authorization: 'Basic x' }, JSON.stringify(body)),
    /** Calls that change something, in words. */
    changes: () =>
      outside
        .sent(system)
        .filter(({ headers }) => headers['authorization'] !== 'Basic x')
        .flatMap(({ method, url, body }) => toWords(method, url, body)),
    sent: () => outside.sent(system),
  });
}

const ORIGINS = { jira: 'https://example.atlassian.net', servicenow: 'https://example.service-now.com' };

function toFailure({ status, headers, body }: OutsideResponse): DeliveryFailure {
  const cause = `answered ${String(status)}: ${body}`;
  if (status === 429) {
    return { code: 'throttled', retryable: true, retryAfterSeconds: Number(headers['retry-after'] ?? 0), cause };
  }
  if (status === 401 || status === 403) return { code: 'unauthorized', retryable: true, cause };
  return status >= 500 ? { code: 'unavailable', retryable: true, cause } : { code: 'refused', retryable: false, cause };
}

/** Jira's transitions by the status that they lead to, in the numbers of the sandbox's workflow. */
const TRANSITIONS: Readonly<Record<string, string>> = { '11': 'reopen', '13': 'resolve' };

function toWords(method: string, url: string, body: string): readonly string[] {
  const { pathname } = new URL(url);
  if (method === 'GET' || pathname.endsWith('/search/jql')) return [];
  const sent = JSON.parse(body) as { transition?: { id: string }; state?: string; work_notes?: string };
  if (pathname.endsWith('/comment') || sent.work_notes !== undefined) return ['comment'];
  if (sent.transition) return [TRANSITIONS[sent.transition.id] ?? sent.transition.id];
  if (method === 'PATCH') return [sent.state === 'Resolved' ? 'resolve' : 'reopen'];
  return ['create'];
}
