import { runAsOperator } from '../../cli/operator-cli';
import type { Check } from '../../../src/flow/doctor/check';
import { deployWithChannels, type WithChannels } from './outside';

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels({ configurationFile: 'test/end-to-end/channels/probed.yaml' });
});
afterAll(() => portcullis.stop());

async function receivers(): Promise<readonly Check[]> {
  const args = ['doctor', '--json', '--accounts', portcullis.hub.account];
  const { stdout } = await runAsOperator(portcullis, args);
  const checks = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Check);
  return checks.filter(({ check }) => check.startsWith('receiver'));
}

test('doctor has the deployment probe every receiver, and nothing is sent to any', async () => {
  expect(await receivers()).toEqual([
    { check: 'receiver webhook', status: 'ok', found: expect.stringMatching(/^its secret is there/), fix: '' },
    { check: 'receiver pagerduty', status: 'ok', found: expect.stringMatching(/^its secret is there/), fix: '' },
    { check: 'receiver slack', status: 'ok', found: expect.stringMatching(/^auth\.test answers portcullis/), fix: '' },
    { check: 'receiver servicenow', status: 'ok', found: expect.stringMatching(/^it lets incidents be read/), fix: '' },
    { check: 'receiver jira', status: 'ok', found: expect.stringMatching(/^it shows project SEC/), fix: '' },
    { check: 'receiver email', status: 'ok', found: '1 of 1 addresses are confirmed', fix: '' },
  ]);
  const sent = await Promise.all(
    ['webhook', 'pagerduty', 'email', 'slack', 'servicenow', 'jira'].map((channel) => portcullis.outbox(channel)),
  );
  expect(sent.flat().map(({ method, url, body }) => [method, new URL(url).pathname, body])).toEqual([
    ['POST', '/api/auth.test', ''],
    ['GET', '/api/now/table/incident', ''],
    ['GET', '/rest/api/3/project/SEC', ''],
  ]);
});

test('a token that is not taken, a secret of another form and a receiver out of order have a line each', async () => {
  await portcullis.answer('slack', { status: 200, times: 2, body: '{"ok":false,"error":"invalid_auth"}' });
  await portcullis.answer('servicenow', { status: 503 });
  await portcullis.rotate('pagerduty', '{"routingKey":"short"}');
  const bad = (await receivers()).filter(({ status }) => status !== 'ok');
  expect(bad.map(({ check, found, fix }) => [check, found, fix])).toEqual([
    [
      'receiver pagerduty',
      expect.stringMatching(/^The secret portcullis\/pagerduty /),
      expect.stringMatching(/put-secret-value --secret-id portcullis\/pagerduty /),
    ],
    [
      'receiver slack',
      'Slack answered auth.test: invalid_auth',
      expect.stringMatching(/put-secret-value --secret-id portcullis\/slack /),
    ],
    [
      'receiver servicenow',
      expect.stringMatching(/answered 503/),
      expect.stringMatching(/portcullis notify test servicenow/),
    ],
  ]);
});
