import { createSlackReceiver } from '../../../sandbox/outside/slack/slack-receiver';
import type { Notice } from '../../../src/core/messages/notice';
import { toSlackMessage } from '../../../src/core/messages/slack/to-slack-message';
import { ASKED } from './notices';

const QUESTION = ASKED.question as NonNullable<Notice['question']>;
const asked: Notice = {
  ...ASKED,
  wouldChange: 'Would be revoked: tcp 22 from 0.0.0.0/0 (sgr-1). Open to the internet afterwards: nothing.',
  known: 'Opened by alice with the console on 2026-11-28. Used by 3 sources (198.51.100.7), last on 2026-11-29.',
  question: { ...QUESTION, approvers: ['slack:S0123ABCD', 'slack:U0456EFGH', 'role:SecurityLead', 'slack:<!channel>'] },
};

const NOBODY = { approvers: [] };

const textOf = (notice: Notice) => JSON.stringify(toSlackMessage(notice, NOBODY).blocks);

test('a question says what goes and stays, who opened and uses it, who may answer, and what silence means', () => {
  const text = textOf(asked);
  expect(text).toContain('Would be revoked: tcp 22 from 0.0.0.0/0 (sgr-1). Open to the internet afterwards: nothing.');
  expect(text).toContain('Opened by alice');
  expect(text).toContain('<!subteam^S0123ABCD>, <@U0456EFGH>, role:SecurityLead, slack:&lt;!channel&gt;');
  expect(text).toContain('Without an answer it stays as it is.');
  expect(text).toContain('portcullis show rem-0123456789abcdef');
  expect(textOf({ ...asked, question: { ...QUESTION, onSilence: 'close' } })).toContain('it is closed then');
});

test.each([
  ['ASCII', 'x'],
  ['what must be escaped', '<&>'],
  ['Chinese', '漢字'],
  ['from right to left', 'שלום\u202e'],
  ['characters of two units', '👩‍👩‍👧'],
  ['quotes and line breaks', '"\\\n'],
])('texts of 100 KB fit what Slack takes, with the buttons and the pointer to the rest: %s', (_name, text) => {
  const long = text.repeat(Math.ceil(100_000 / text.length));
  const notice = { ...asked, summary: long, known: long, wouldChange: long, severity: long, controls: [long] };
  const message = toSlackMessage({ ...notice, ownerMustChange: [long] }, NOBODY);
  const answered = createSlackReceiver()({
    method: 'POST',
    url: 'https://slack.com/api/chat.postMessage',
    headers: { authorization: 'Bearer xoxb-1' },
    body: JSON.stringify({ channel: 'C0123ABCD', ...message }),
  });
  expect(answered.body).toContain('"ok":true');
  expect(message.blocks.at(-1)).toMatchObject({ type: 'actions' });
  expect(JSON.stringify(message.blocks)).toContain('portcullis show rem-0123456789abcdef');
});
