import { MAX_NOTICE_DELIVERIES } from '../../../src/flow/limits';
import { busEvent } from '../../end-to-end/channels/bus-event';
import { CHANNELS, createReceiverStage, SECRETS, type ReceiverStage, type Trouble } from './receiver-stage';

type Name = (typeof CHANNELS)[number];

const [A, B] = ['sg-0000000000000000a', 'sg-0000000000000000b'];

function eventOf(id: string, kind: string, target: string, minute: number): object {
  const time = new Date(Date.UTC(2026, 10, 29, 12, minute)).toISOString();
  const finding = `arn:aws:securityhub:us-east-1:222222222222:security-control/EC2.13/finding/${target}`;
  return busEvent(kind, { findingIds: [finding] }, { id, time, target });
}

/** One target is opened and closed, another one stays open. */
const STORY = [
  eventOf('a-opens', 'Decision Needed', A, 0),
  eventOf('a-ends', 'Ingress Closed', A, 1),
  eventOf('b-opens', 'Decision Needed', B, 2),
];

const forAnHour =
  (trouble: Trouble) =>
  (hours: number): Trouble | undefined =>
    hours < 1 ? trouble : undefined;

const TROUBLES: readonly (readonly [string, Trouble])[] = [
  ['500', { kind: 'status', status: 500 }],
  ['503 with a Retry-After', { kind: 'status', status: 503, headers: { 'retry-after': '600' } }],
  ['429', { kind: 'status', status: 429 }],
  ['429 with a Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '900' } }],
  ['nothing', { kind: 'hangs' }],
  ['garbage', { kind: 'garbage' }],
];

/** A webhook's answers are nobody's to understand: 200 is yes. */
const TAKEN_FOR_YES = new Set(['webhook/garbage']);

const CASES = CHANNELS.flatMap((name) =>
  TROUBLES.filter(([what]) => !TAKEN_FOR_YES.has(`${name}/${what}`)).map(
    ([what, trouble]) => [name, what, trouble] as const,
  ),
);

/** What changes something at the receiver, by target, each in words that are the same if it is done again. */
function changesOf(name: Name, { accepted, mails, tickets }: ReceiverStage): readonly string[] {
  if (name === 'securityhub') return tickets.map((ticket) => JSON.stringify(ticket));
  if (name === 'email') return mails.map(({ subject, text }) => `${subject} ${text}`);
  return accepted.flatMap(({ method, url, headers, body }) => {
    const { pathname } = new URL(url);
    if (method === 'GET' || pathname.endsWith('/search/jql')) return [];
    if (name === 'webhook') return [`${headers['idempotency-key'] ?? ''} ${(JSON.parse(body) as Body).target.id}`];
    return [`${method} ${pathname} ${body}`];
  });
}

interface Body {
  readonly target: { readonly id: string };
}

/** Whether the ledger, by what the receiver took, believes a target to be open. */
function believedOpen({ records }: ReceiverStage): readonly string[] {
  return [...records].flatMap(([subject, { thread }]) =>
    Object.values(thread.controls).some(({ isOpen }) => isOpen) ? [subject.split('/').at(-1) ?? ''] : [],
  );
}

/** Targets of which the receiver itself has heard that they are open, and not that they are over. */
function leftOpen(name: Name, stage: ReceiverStage): readonly string[] {
  const last = new Map<string, boolean>();
  for (const change of changesOf(name, stage)) {
    const target = change.includes(A) ? A : B;
    if (name === 'pagerduty') last.set(target, change.includes('"trigger"'));
    if (name === 'jira' && change.startsWith('POST /rest/api/3/issue {')) last.set(target, true);
    if (name === 'jira' && change.includes('"transition"')) last.set(A, false);
    if (name === 'securityhub') last.set(target, true);
    if (name === 'servicenow' && change.startsWith('POST')) last.set(target, true);
    if (name === 'servicenow' && change.includes('"Resolved"')) last.set(A, false);
  }
  return [...last].filter(([, isOpen]) => isOpen).map(([target]) => target);
}

const KEEPS_STATE = new Set<Name>(['pagerduty', 'jira', 'servicenow', 'securityhub']);

/** What it made it is never notified of again: there is no call of AWS for it. */
const MAKES_ONLY: ReadonlySet<string> = new Set(['securityhub']);

/**
 * What is over before there was an incident or a ticket makes none. What opened it may have arrived unanswered: it is
 * tried until it could be made sure that it is over, where there is a call for it.
 */
function unsaidOf(name: Name): number {
  if (MAKES_ONLY.has(name)) return 1;
  return KEEPS_STATE.has(name) ? 2 : STORY.length;
}

function expectWholeStory(name: Name, stage: ReceiverStage): void {
  expect(stage.deadLetters).toEqual([]);
  const changes = changesOf(name, stage);
  expect(new Set(changes).size).toBe(changes.length);
  expect(believedOpen(stage)).toEqual([B]);
  for (const { delivered, begun } of stage.records.values()) {
    expect(begun).toEqual([]);
    expect(new Set(delivered).size).toBe(delivered.length);
  }
  const delivered = [...stage.records.values()].flatMap((record) => record.delivered).sort();
  expect(delivered).toEqual(['a-ends', 'a-opens', 'b-opens']);
  if (KEEPS_STATE.has(name)) expect(leftOpen(name, stage)).toEqual([B]);
  else if (name !== 'slack') expect(changes).toHaveLength(STORY.length);
}

test.each(CASES)(
  '%s, whose receiver answers %s for an hour, is notified of all of it, once',
  async (name, _what, trouble) => {
    const stage = createReceiverStage(name);
    stage.trouble = forAnHour(trouble);
    await stage.deliver(...STORY);
    expect(stage.hours()).toBeGreaterThan(1);
    expectWholeStory(name, stage);
  },
);

test.each(CASES)(
  '%s, whose receiver answers %s for good, has each event in its dead letters after hours, to be sent again',
  async (name, _what, trouble) => {
    const stage = createReceiverStage(name);
    stage.trouble = () => trouble;
    await stage.deliver(...STORY);
    expect(stage.hours()).toBeGreaterThan(4);
    expect(stage.deadLetters).toHaveLength(unsaidOf(name));
    expect(stage.tries).toBeGreaterThanOrEqual(unsaidOf(name) * MAX_NOTICE_DELIVERIES);
    expect(changesOf(name, stage)).toEqual([]);
    stage.trouble = () => undefined;
    await stage.redrive();
    expectWholeStory(name, stage);
  },
);

test.each(CASES.filter(([name]) => !MAKES_ONLY.has(name)))(
  '%s, whose receiver takes the opening and then answers %s for an hour, is notified of the end after it, once',
  async (name, _what, trouble) => {
    const stage = createReceiverStage(name);
    stage.trouble = (hours) => (hours > 0.01 && hours < 1 ? trouble : undefined);
    await stage.deliver(...STORY);
    expectWholeStory(name, stage);
    const ofFirst = changesOf(name, stage).filter((change) => change.includes(A) || !change.includes(B));
    expect(ofFirst.length).toBeGreaterThanOrEqual(2);
  },
);

/** What each can be sent twice without the second time being seen: docs/notifications.md says it of the others. */
const ONCE = ['pagerduty', 'servicenow', 'jira'] as const;

test.each(ONCE.flatMap((name) => (['lost', 'garbled'] as const).map((kind) => [name, kind] as const)))(
  '%s, which takes the first change and whose answer is %s, is one incident or ticket a target',
  async (name, kind) => {
    const stage = createReceiverStage(name);
    let isOver = false;
    stage.trouble = () => {
      if (isOver || changesOf(name, stage).length > 0) isOver = true;
      // Searches come first, and change nothing.
      return isOver || (name !== 'pagerduty' && stage.tries % 2 === 1) ? undefined : { kind };
    };
    await stage.deliver(...STORY);
    expect(stage.deadLetters).toEqual([]);
    const made = changesOf(name, stage).filter((change) => isMaking(name, change));
    const ofTarget = (target: string) => new Set(made.filter((change) => change.includes(target)));
    expect([ofTarget(A).size, ofTarget(B).size]).toEqual([1, 1]);
    if (name !== 'pagerduty') expect(made).toHaveLength(2);
    expect(leftOpen(name, stage)).toEqual([B]);
  },
);

function isMaking(name: Name, change: string): boolean {
  if (name === 'pagerduty') return change.includes('"trigger"');
  return name === 'jira' ? change.startsWith('POST /rest/api/3/issue {') : change.startsWith('POST');
}

const WITH_SECRET = CHANNELS.filter((name) => name !== 'email' && name !== 'securityhub');

const BAD_SECRETS: readonly (readonly [string, string | undefined])[] = [
  ['is not there', undefined],
  ['is no JSON', 'hunter2'],
  ['is no object', '"hunter2"'],
  ['lacks its fields', '{"hunter2":"hunter2"}'],
  ['has what is no key', '{"signingKey":"hunter2","routingKey":"hunter2","botToken":"hunter2","user":7,"email":7}'],
];

test.each(WITH_SECRET.flatMap((name) => BAD_SECRETS.map(([what, secret]) => [name, what, secret] as const)))(
  '%s, whose secret %s, sends nothing, says so within minutes without a word of the secret, and is notified once it is mended',
  async (name, _what, secret) => {
    const stage = createReceiverStage(name);
    stage.secret = secret;
    await stage.deliver(...STORY);
    expect(stage.tries).toBe(0);
    expect(stage.hours()).toBeLessThan(0.2);
    expect(stage.deadLetters.map(({ reason }) => reason)).toEqual(
      Array.from({ length: unsaidOf(name) }, () => expect.stringMatching(/secret/i) as string),
    );
    expect(JSON.stringify(stage.deadLetters)).not.toContain('hunter2');
    stage.secret = JSON.stringify(SECRETS[name]);
    await stage.redrive();
    expectWholeStory(name, stage);
  },
);

test.each(WITH_SECRET)(
  '%s, whose secret is refused for minutes while somebody rotates it, is notified once',
  async (name) => {
    const stage = createReceiverStage(name);
    stage.trouble = (hours) => (hours < 0.02 ? { kind: 'status', status: 401 } : undefined);
    await stage.deliver(...STORY);
    expectWholeStory(name, stage);
  },
);
