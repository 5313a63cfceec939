import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createS3 } from '../../sandbox/s3/s3-service';
import type { Sandbox } from '../../sandbox/sandbox';
import { asAdministrator, hub, provision, startMillis, startSmallSandbox } from './small-sandbox';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html

const DAY_MILLIS = 86_400_000;

let sandbox: Sandbox;
let s3: S3Client;
beforeAll(async () => {
  sandbox = await startSmallSandbox(createS3());
  const bucket = (BucketName: string, Mode: string) =>
    provision(sandbox, 'AWS::S3::Bucket', {
      BucketName,
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: 2 } } },
    });
  await bucket('compliance', 'COMPLIANCE');
  await bucket('governance', 'GOVERNANCE');
  await provision(sandbox, 'AWS::S3::Bucket', { BucketName: 'plain' });
  s3 = new S3Client({ ...asAdministrator(sandbox, hub), forcePathStyle: true });
});
afterAll(async () => {
  s3.destroy();
  await sandbox.stop();
});

const put = async (Bucket: string, Key: string, Body = 'text') =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? '';
const remove = (Bucket: string, Key: string, more: object = {}) =>
  s3.send(new DeleteObjectCommand({ Bucket, Key, ...more }));
const LOCKED = { name: 'AccessDenied', message: expect.stringContaining('object lock') as string };

test('a bucket says its lock, and one without says that there is none', async () => {
  const ask = (Bucket: string) => s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
  expect((await ask('compliance')).ObjectLockConfiguration).toEqual({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2 } },
  });
  await expect(ask('plain')).rejects.toMatchObject({ name: 'ObjectLockConfigurationNotFoundError' });
});

test('a version that is locked stays: written over and deleted are new versions, and itself it is not removed', async () => {
  const first = await put('compliance', 'a', 'first');
  const second = await put('compliance', 'a', 'second');
  const { DeleteMarker } = await remove('compliance', 'a');
  expect(DeleteMarker).toBe(true);
  await expect(s3.send(new GetObjectCommand({ Bucket: 'compliance', Key: 'a' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'compliance' }))).KeyCount).toBe(0);
  await expect(remove('compliance', 'a', { VersionId: first })).rejects.toMatchObject(LOCKED);
  const bypass = { VersionId: first, BypassGovernanceRetention: true };
  await expect(remove('compliance', 'a', bypass)).rejects.toMatchObject(LOCKED);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'compliance', Key: 'a', VersionId: first }));
  expect(await Body?.transformToString()).toBe('first');
  const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'compliance' }));
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual([second, first]);
  expect(DeleteMarkers?.map(({ IsLatest }) => IsLatest)).toEqual([true]);
});

test('in compliance mode a lock is made longer, never shorter, and ends with its day', async () => {
  const VersionId = await put('compliance', 'b');
  const of = { Bucket: 'compliance', Key: 'b', VersionId };
  const until = async () => (await s3.send(new GetObjectRetentionCommand(of))).Retention?.RetainUntilDate?.getTime();
  const set = (days: number, Mode: 'COMPLIANCE' | 'GOVERNANCE' = 'COMPLIANCE') => {
    const Retention = { Mode, RetainUntilDate: new Date(startMillis + days * DAY_MILLIS) };
    return s3.send(new PutObjectRetentionCommand({ ...of, Retention, BypassGovernanceRetention: true }));
  };
  expect(await until()).toBe(startMillis + 2 * DAY_MILLIS);
  await expect(set(1)).rejects.toMatchObject(LOCKED);
  await expect(set(5, 'GOVERNANCE')).rejects.toMatchObject(LOCKED);
  await set(3);
  expect(await until()).toBe(startMillis + 3 * DAY_MILLIS);
  await sandbox.world.clock.advance(3 * DAY_MILLIS - 1);
  await expect(remove('compliance', 'b', { VersionId })).rejects.toMatchObject(LOCKED);
  await sandbox.world.clock.advance(1);
  await remove('compliance', 'b', { VersionId });
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'compliance', Prefix: 'b' }));
  expect(Versions).toEqual([]);
});

test('in governance mode who asks to bypass it removes a version, and nobody else', async () => {
  const VersionId = await put('governance', 'a');
  await expect(remove('governance', 'a', { VersionId })).rejects.toMatchObject(LOCKED);
  await remove('governance', 'a', { VersionId, BypassGovernanceRetention: true });
});

test('what is written under a lock carries a sum of what it is', async () => {
  const without = new S3Client({
    ...asAdministrator(sandbox, hub),
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  try {
    const write = (Bucket: string) => without.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'text' }));
    await expect(write('compliance')).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining('x-amz-checksum-') as string,
    });
    await write('plain');
  } finally {
    without.destroy();
  }
});

test('without versions the last one is written over, and deleted for good', async () => {
  expect(await put('plain', 'a', 'first')).toBe('');
  await put('plain', 'a', 'second');
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'plain', Prefix: 'a' }));
  expect(Versions?.map(({ VersionId, Size }) => [VersionId, Size])).toEqual([['null', 6]]);
  await remove('plain', 'a');
  await expect(s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'a' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
});
