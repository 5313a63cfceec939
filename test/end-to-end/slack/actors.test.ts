import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import { deployWithSlack, NAMED, VIRGINIA, type InSlack, type OutboxEntry } from './in-slack';

// Lines of docs/security.md, "Who can make it act", about Slack.

let portcullis: InSlack;
let group: Group;
let message: OutboxEntry;
beforeAll(async () => {
  portcullis = await deployWithSlack();
  group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  message = await portcullis.messageAbout(group.id);
});
afterAll(() => portcullis.stop());

const openOn = async () => (await portcullis.ingressOf(group)).map(({ CidrIpv4 }) => CidrIpv4);

test("who reaches the address of Slack's buttons is answered 401 without a signature, whatever they send", async () => {
  const forged = { secret: 'what-they-believe-is-the-secret-0123' };
  const before = (await portcullis.outbox()).length;
  for (const button of ['Close now', 'Deny'] as const) {
    const reply = await portcullis.click({ user: NAMED, button, message }, forged);
    expect([reply.status, await reply.text()]).toEqual([401, '']);
  }
  expect((await portcullis.post({}, { ...forged, body: 'payload=%' })).status).toBe(401);
  expect((await portcullis.post({}, { ...forged, body: '\u0000' })).status).toBe(401);
  await portcullis.settle();
  expect([await openOn(), (await portcullis.outbox()).length]).toEqual([['0.0.0.0/0'], before]);
});

test('who may invoke the function behind it, or send to the queue of what is due, can do no more than that', async () => {
  const { account, region } = portcullis.hub;
  const invoker = await portcullis.somebody(portcullis.hub, {
    actions: ['lambda:InvokeFunction', 'sqs:SendMessage'],
    resources: [
      `arn:aws:lambda:${region}:${account}:function:Portcullis-Slack`,
      `arn:aws:sqs:${region}:${account}:Portcullis-Findings`,
    ],
  });
  const lambda = new LambdaClient(invoker.settings);
  const body = new URLSearchParams({
    payload: JSON.stringify(portcullis.toClick({ user: NAMED, button: 'Deny', message })),
  });
  const headers = { 'x-slack-request-timestamp': String(Math.floor(portcullis.clock.now() / 1000)) };
  const event = { body: body.toString(), isBase64Encoded: false, headers: { ...headers, 'x-slack-signature': 'v0=0' } };
  const { Payload = [] } = await lambda.send(
    new InvokeCommand({ FunctionName: 'Portcullis-Slack', Payload: Buffer.from(JSON.stringify(event)) }),
  );
  expect(JSON.parse(Buffer.from(Payload).toString())).toEqual({ statusCode: 401 });
  const sqs = new SQSClient(invoker.settings);
  const url = `${portcullis.endpoint}/${account}/Portcullis-Findings`;
  for (const due of [
    { what: 'slack-wish', id: 'undo-rem-0123456789abcdef' },
    { what: 'question-decided', id: 'qst-0123456789abcdef' },
  ]) {
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ kind: 'due', ...due }) }));
  }
  await portcullis.settle();
  expect(await openOn()).toEqual(['0.0.0.0/0']);
  for (const client of [lambda, sqs]) client.destroy();
});

test('who holds the signing secret answers, undoes and opens as whoever they like, within what is configured', async () => {
  await portcullis.click({ user: NAMED, button: 'Close now', message });
  await portcullis.settle();
  expect(await openOn()).toEqual([]);
  await portcullis.chooseShortcut(NAMED, 'portcullis_grant');
  const target = `${group.account}/${group.region}/${group.id}`;
  const wanted = { target, port: '22', for: '8h', reason: 'because they can' };
  await portcullis.submit(NAMED, { ...wanted, source: '0.0.0.0/0' });
  await portcullis.submit(NAMED, { ...wanted, port: '443', source: '198.51.100.7/32' });
  await portcullis.settle();
  expect(await openOn()).toEqual([]);
  await portcullis.submit(NAMED, { ...wanted, source: '198.51.100.7/32' });
  await portcullis.settle();
  expect(await openOn()).toEqual(['198.51.100.7/32']);
});
