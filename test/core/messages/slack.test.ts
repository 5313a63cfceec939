import * as fc from 'fast-check';
import { createSlackReceiver } from '../../../sandbox/outside/slack/slack-receiver';
import type { Notice } from '../../../src/core/messages/notice';
import type { SlackRights } from '../../../src/core/interactions/slack-rights';
import { escapeWithin } from '../../../src/core/messages/slack/escape-within';
import { toSlackCalls } from '../../../src/core/messages/slack/to-slack-calls';
import { toSlackMessage } from '../../../src/core/messages/slack/to-slack-message';
import { afterNotice, NEW_THREAD } from '../../../src/core/messages/thread';
import { anyNotice, ASKED, CLOSED, TESTED } from './notices';

const NOBODY = { approvers: [] };
const EVERYBODY = {
  approvers: ['slack:S0123ABCD'],
  undo: { withinMinutes: 60, approvers: ['slack:S0123ABCD'] },
  granters: ['slack:U0456EFGH'],
};

test('a closing is a header, what was done, and facts in fields', () => {
  expect(toSlackMessage(CLOSED, NOBODY)).toEqual({
    text: 'Ingress closed: sg-0123456789abcdef0 in 222222222222/us-east-1',
    blocks: [
      {
        type: 'header',
        text: {
          type: 'plain_text',
          text: 'Ingress closed: sg-0123456789abcdef0 in 222222222222/us-east-1',
          emoji: false,
        },
      },
      { type: 'section', text: { type: 'mrkdwn', text: CLOSED.summary, verbatim: true } },
      { type: 'section', fields: expect.arrayContaining([field('To undo', 'portcullis undo rem-0123456789abcdef')]) },
    ],
  });
});

const field = (name: string, value: string) => ({ type: 'mrkdwn', text: `*${name}*\n${value}`, verbatim: true });

test.each([
  ['<!channel> & <@U123>', 40, '&lt;!channel&gt; &amp; &lt;@U123&gt;'],
  ['a&b', 6, 'a…'],
  ['a&&', 7, 'a&amp;…'],
  ['12345', 5, '12345'],
  ['123456', 5, '1234…'],
  ['12😀4', 4, '12…'],
])('%j within %d characters is %j', (text, length, escaped) => {
  expect(escapeWithin(text, length)).toBe(escaped);
});

test('text is truncated within its limit, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('&', '<', 'a', '😀', '\n') }),
      fc.integer({ min: 6, max: 30 }),
      (text, max) => {
        const escaped = escapeWithin(text, max);
        expect(escaped.length).toBeLessThanOrEqual(max);
        expect(escaped.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
        expect(() => encodeURIComponent(escaped)).not.toThrow();
      },
    ),
  );
});

test('a matter is one message: what goes on changes it and says so in its thread, what comes after is another one', () => {
  const inWords = (notice: Notice, thread = NEW_THREAD, overtaken = false) =>
    toSlackCalls(notice, thread, overtaken, NOBODY).map(({ id }) => id);
  const asked = { ...afterNotice(NEW_THREAD, ASKED), keys: { ts: '1.1', channel: 'C1' } };
  expect(inWords(ASKED)).toEqual(['post']);
  expect(inWords(CLOSED, asked)).toEqual(['update', 'reply']);
  expect(inWords(ASKED, afterNotice(asked, CLOSED))).toEqual(['post']);
  expect(inWords(ASKED, asked, true)).toEqual(['reply']);
  expect(inWords(TESTED, asked)).toEqual(['post']);
});

test('a closing has Undo until its time is over, and Grant, where somebody in Slack may', () => {
  const rights = { approvers: [], undo: { withinMinutes: 90, approvers: ['slack:U1'] }, granters: ['slack:U1'] };
  const buttonsOf = (notice: Notice, of: SlackRights) =>
    toSlackMessage(notice, of).blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.map(({ text, value }) => [text.text, value]) : [],
    );
  const until = new Date(Date.parse(CLOSED.occurredAt) + 90 * 60_000).toISOString().slice(0, 16);
  expect(buttonsOf(CLOSED, rights)).toEqual([
    ['Undo', 'rem-0123456789abcdef'],
    ['Grant…', '222222222222/us-east-1/sg-0123456789abcdef0'],
  ]);
  expect(JSON.stringify(toSlackMessage(CLOSED, rights))).toContain(`*Undo* until ${until}Z`);
  expect(buttonsOf(CLOSED, { approvers: ['slack:U1'] })).toEqual([]);
  expect(buttonsOf({ ...CLOSED, kind: 'Closing Undone' }, rights)).toEqual([]);
});

test('a grant is a message of its own, which its end changes; that of the matter stays', () => {
  const grant = { id: 'grt-0123456789abcdef', reason: 'x', by: 'slack:U1', until: '2026-11-29T12:00:00.000Z' };
  const granted: Notice = { ...CLOSED, kind: 'Access Granted', matter: 'stays', controls: [], grant };
  const ended: Notice = { ...granted, kind: 'Access Ended', matter: 'ends' };
  const calls = (notice: Notice, keys: Readonly<Record<string, string>>) =>
    toSlackCalls(notice, { ...NEW_THREAD, keys }, false, NOBODY).map(({ id, about }) => [id, about]);
  const key = 'ts/grt-0123456789abcdef';
  expect(calls(granted, { ts: '1.1' })).toEqual([['post', key]]);
  expect(calls(ended, { ts: '1.1', [key]: '2.2' })).toEqual([
    ['update', key],
    ['reply', key],
  ]);
  expect(calls(ended, { ts: '1.1' })).toEqual([['post', undefined]]);
});

test('whatever others write, Slack takes it, and nothing of it is a mention or a link', () => {
  const answer = createSlackReceiver();
  fc.assert(
    fc.property(anyNotice, (notice) => {
      for (const { message } of toSlackCalls(notice, NEW_THREAD, false, EVERYBODY)) {
        const answered = answer({
          method: 'POST',
          url: 'https://slack.com/api/chat.postMessage',
          headers: { authorization: 'Bearer xoxb-1' },
          body: JSON.stringify({ channel: 'C0123ABCD', ...message }),
        });
        expect(answered.body).toContain('"ok":true');
        const { blocks } = message;
        const marked = blocks.flatMap((block) =>
          block.type === 'header' || block.type === 'actions'
            ? []
            : 'fields' in block
              ? block.fields.map(({ text }) => text)
              : [block.text.text],
        );
        expect([...marked, message.text].filter((text) => /[<>]/.test(text))).toEqual([]);
      }
    }),
    { numRuns: 100 },
  );
});
