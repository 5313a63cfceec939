import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Deployed } from '../deployed-portcullis';
import { expectRefused } from '../trust/actors/scene';
import { audit, BUCKET, deployReports, filesOf } from './reports-world';

// Lines of docs/security.md, "Who can make it act", about reports.

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deployReports();
});
afterAll(() => portcullis.stop());

const notified = async () =>
  (await portcullis.domainEvents()).filter((event) => event['detail-type'] === 'Report Ready');

test('who may invoke the reporter has a report made, and people are notified; their input, and the text of the report, are not theirs', async () => {
  const { account, region } = portcullis.hub;
  const resources = [`arn:aws:lambda:${region}:${account}:function:Portcullis-Reporter`];
  const invoker = await portcullis.somebody(portcullis.hub, { actions: ['lambda:InvokeFunction'], resources });
  const [lambda, s3] = [
    new LambdaClient(invoker.settings),
    new S3Client({ ...invoker.settings, forcePathStyle: true }),
  ];
  const input = { bucket: 'somebody-elses', prefix: 'mine/', formats: ['json'] };
  const { Payload = [], FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: 'Portcullis-Reporter', Payload: Buffer.from(JSON.stringify(input)) }),
  );
  await portcullis.settle();
  expect(FunctionError).toBeUndefined();
  const { prefix, ...more } = JSON.parse(Buffer.from(Payload).toString()) as { readonly prefix: string };
  expect(more).toEqual({});
  expect(prefix).toMatch(/^\d{4}\/\d{2}\/\d{2}\/\d{6}Z\/$/);
  expect(await notified()).toMatchObject([{ detail: { bucket: BUCKET, prefix } }]);
  expect(await filesOf(portcullis)).toContain('report.html');
  await expectRefused(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${prefix}report.html` })));
  for (const client of [lambda, s3]) client.destroy();
});

test('who may read the bucket reads the report, and can neither change it nor have another one made', async () => {
  const [event] = await notified();
  const { prefix } = event?.detail as unknown as { readonly prefix: string };
  const reader = await portcullis.somebody(portcullis.hub, {
    actions: ['s3:GetObject'],
    resources: [`arn:aws:s3:::${BUCKET}/*`],
  });
  const [lambda, s3] = [new LambdaClient(reader.settings), new S3Client({ ...reader.settings, forcePathStyle: true })];
  const Key = `${prefix}report.html`;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  expect(await Body?.transformToString()).toContain('<!doctype html>');
  await expectRefused(s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'all is well' })));
  await expectRefused(
    lambda.send(new InvokeCommand({ FunctionName: 'Portcullis-Reporter', Payload: Buffer.from('{}') })),
  );
  for (const client of [lambda, s3]) client.destroy();
});

test('who is in an account for auditors lists and reads reports by their role, and changes none; nobody else takes it on', async () => {
  const seen = await audit(portcullis, '222222222222');
  expect(seen).toEqual({ listed: (await filesOf(portcullis)).length, read: 'taken', written: 'AccessDenied' });
  expect(await audit(portcullis, '333333333333')).toEqual({ taken: 'AccessDenied' });
});
