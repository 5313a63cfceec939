import { createHttp } from '../../src/channels/http';
import { createSlackWorkspace } from '../../src/channels/slack/slack-workspace';

test('Where whoever clicked cannot be answered, the log says so without the address that posts for half an hour', async () => {
  const clock = { now: () => new Date() };
  const secrets = { fetchSecret: () => Promise.reject(new Error('no secret is needed')) };
  const slack = createSlackWorkspace(
    { secretName: 'slack' },
    { clock, http: createHttp(clock), secrets, timeLeft: { ofOneCall: () => 1000 } },
  );
  const notified = await slack.replyEphemerally('http://127.0.0.1:1/actions/T0/1/token', 'no');
  expect(notified).toMatchObject({ ok: false, error: expect.stringMatching(/response_url/) as unknown });
  expect(JSON.stringify(notified)).not.toContain('token');
});
