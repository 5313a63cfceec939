import { busEvent } from '../../end-to-end/channels/bus-event';
import { CHANNELS, createReceiverStage, type ReceiverStage } from './receiver-stage';

/** EventBridge takes 256 KB: an event holds no longer text. */
const LONG = 100_000;

/** Texts that people, EC2 and CloudTrail have been known to hold, and what breaks who did not think of them. */
const TEXTS: Readonly<Record<string, string>> = {
  'of 100 KB': 'a'.repeat(LONG),
  'of 100 KB in one script of three bytes a letter': '多'.repeat(LONG / 3),
  'of 100 KB of signs of four bytes': '🙈'.repeat(LONG / 4),
  'of families, whose signs are joined': '👩‍👩‍👧‍👦'.repeat(2000),
  'in every script':
    'Ünïcödé Ελληνικά Кириллица עברית العربية می‌خواهم हिन्दी ไทย 한국어 日本語 ქართული አማርኛ 𐎀𐎁 \u{1f3f4}\u{e0067}\u{e007f}',
  'of 100 KB of markup': `</p>&<!channel>{code}[code]*_~\`"'\\`.repeat(LONG / 34),
  'of 100 KB of quotes and backslashes': '"\\'.repeat(LONG / 4),
  'of 50,000 lines': 'a\n'.repeat(LONG / 2),
  'of line breaks alone': '\r\n'.repeat(10_000),
  'of controls': '\u0000\u0001\u0007\u001b[41m\u007f\u0085\u009f'.repeat(3000),
  'of halves of characters': '\ud83d \ude48\ud800'.repeat(3000),
  'of what is no character': '\ufffe\uffff\ufdd0\u{1ffff}'.repeat(3000),
  'that turns the direction': `abc\u202e\u2066gnp.exe\u2028\u2029${'\u200f'.repeat(500)}`,
  'that is blank': ' \t\n ',
  'that is empty': '',
};

const CONTROLS = Array.from({ length: 60 }, (_, index) => `EC2.${String(index)}`);

/** A text in every place of an event where a text of others can be; of all together EventBridge takes 256 KB. */
function eventOf(kind: string, text: string, id: string): object {
  const short = text.slice(0, 4001);
  return busEvent(
    kind,
    {
      ...{ severity: short, decidedBy: short, reason: text, known: short, wouldChange: short },
      ownerMustChange: [short, short],
      context: { owner: { known: true, value: short, evidence: short } },
      decision: { mode: 'ask', entry: short, reason: short },
      question: {
        questionId: 'qst-0123456789abcdef',
        until: '2026-11-30T12:00:00.000Z',
        onSilence: 'leave',
        approvers: [short, 'slack:U0456EFGH'],
      },
      grant: { grantId: 'grt-0123456789abcdef', reason: short, by: short, until: '2026-11-30T12:00:00.000Z' },
      ...(kind === 'Verification Failed' && { controls: CONTROLS }),
    },
    { id },
  );
}

/** What opens, says more of it, opens again by somebody, ends it, and is of a kind that nobody knows yet. */
const KINDS = [
  'Decision Needed',
  'Verification Failed',
  'Exception Ending',
  'Access Granted',
  'Ingress Closed',
  'Something\nNew \u0007',
] as const;

test.each(CHANNELS)('%s takes whatever people wrote, in its documented form and within its limits', async (name) => {
  const refused: Record<string, unknown> = {};
  for (const [what, text] of Object.entries(TEXTS)) {
    const stage = createReceiverStage(name);
    const events = KINDS.map((kind, index) => eventOf(kind, text, `event-${String(index)}`));
    const wrong = await stage.deliver(...events).then(() => [], String);
    const problems = [...[wrong].flat(), ...stage.deadLetters.map(({ reason }) => reason), ...unsent(stage)];
    if (problems.length > 0) refused[what] = problems;
  }
  expect(refused).toEqual({});
});

/** What was to be notified, and is neither there nor a dead letter. */
function unsent({ records }: ReceiverStage): readonly string[] {
  const [record, ...others] = [...records.values()];
  const isTold = others.length === 0 && record?.delivered.length === KINDS.length && record.begun.length === 0;
  return isTold
    ? []
    : [`not all was notified: ${JSON.stringify([...records.values()].map(({ delivered }) => delivered))}`];
}

test('a text of Persian, and a family of joined signs, are shown as they were written', async () => {
  const stage = createReceiverStage('jira');
  await stage.deliver(eventOf('Decision Needed', 'می‌خواهم 👩‍👩‍👧', 'event'));
  expect(stage.accepted.map(({ body }) => body).join('')).toContain('می‌خواهم 👩‍👩‍👧');
});
