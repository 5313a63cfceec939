import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ANYWHERE, tcp } from '../deployed-portcullis';
import { deployWithChannels, VIRGINIA, type WithChannels } from './outside';

const DAY = 24 * 3_600_000;

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels({ configurationFile: 'test/end-to-end/channels/digest.yaml' });
});
afterAll(() => portcullis.stop());

async function mails() {
  return (await portcullis.outbox('email')).map(({ headers: { subject, attributes = '' }, body }) => ({
    subject,
    attributes: JSON.parse(attributes) as Readonly<Record<string, string>>,
    body,
  }));
}

type SentMail = Awaited<ReturnType<typeof mails>>[number];

async function aDayLater(): Promise<readonly SentMail[]> {
  const before = await mails();
  await portcullis.clock.advance(DAY);
  await portcullis.settle();
  return (await mails()).slice(before.length);
}

function start(scheduledAt?: string) {
  const Payload = Buffer.from(JSON.stringify(scheduledAt === undefined ? {} : { scheduledAt }));
  return portcullis.clients.lambda.send(new InvokeCommand({ FunctionName: 'Portcullis-Digester', Payload }));
}

test('events are no mails where only the digest is wanted; the digest counts them by account, once', async () => {
  const ssh = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  const rdp = await portcullis.openGroup(VIRGINIA, [tcp(3389, 3389, ANYWHERE)]);
  await portcullis.importFinding(ssh, 'EC2.13');
  await portcullis.importFinding(rdp, 'EC2.14');
  await portcullis.settle();
  expect(await mails()).toEqual([]);
  const [mail, ...others] = await aDayLater();
  expect(others).toEqual([]);
  expect(mail?.subject).toMatch(/^\[Portcullis\] Digest \d{4}-\d\d-\d\d: 1 waiting, 2 found open, 1 closed$/);
  expect(mail?.body).toMatch(new RegExp(`^222222222222 +2 +1 +1 +0 +0 +0$`, 'm'));
  expect(mail?.body).toMatch(new RegExp(`^  qst-[0-9a-f]{16}  .*222222222222/us-east-1/${rdp.id}`, 'm'));
  expect(mail?.attributes).toMatchObject({ event: 'Digest', waiting: '1', closed: '1', accounts: '["222222222222"]' });
  const due = mail?.attributes['until'] ?? '';
  await start(due);
  await start(due);
  await portcullis.settle();
  expect(await mails()).toEqual([mail]);
});

test('the next one goes from where the last one ended: what is over is in no second one, what waits is', async () => {
  const [mail] = await aDayLater();
  expect(mail?.subject).toMatch(/: 1 waiting$/);
});

test('a day on which none can be made is in the next', async () => {
  await portcullis.misbehave({ kind: 'deny', service: 'dynamodb', operation: 'Scan' });
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  await portcullis.importFinding(group, 'EC2.13');
  expect(await aDayLater()).toEqual([]);
  await portcullis.behave();
  const [mail] = await aDayLater();
  expect(mail?.subject).toMatch(/: 1 waiting, 1 found open, 1 closed$/);
});

test('who may start it has one now, and reads nothing of it', async () => {
  const before = (await mails()).length;
  const { Payload } = await start();
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({
    digest: expect.stringMatching(/^digest-\d{8}T\d{6}Z$/) as string,
  });
  await portcullis.settle();
  expect((await mails()).length).toBe(before + 1);
});

test('a test is a mail all the same', async () => {
  await portcullis.test('email');
  expect((await mails()).at(-1)?.subject).toBe('[Portcullis] Test');
});
