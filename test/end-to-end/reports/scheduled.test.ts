import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Deployed } from '../deployed-portcullis';
import { aDayLater, BUCKET, deployReports, filesOf } from './reports-world';

let portcullis: Deployed;
let s3: S3Client;
beforeAll(async () => {
  portcullis = await deployReports();
  const { account, region } = portcullis.hub;
  const credentials = { accessKeyId: account, secretAccessKey: 'any' };
  s3 = new S3Client({ endpoint: portcullis.endpoint, region, credentials, forcePathStyle: true });
});
afterAll(async () => {
  s3.destroy();
  await portcullis.stop();
});

interface Notified {
  readonly reason: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly bucket: string;
  readonly prefix: string;
  readonly link: string;
  readonly linkEnds: string;
  readonly at: string;
}

async function notified(): Promise<readonly Notified[]> {
  const events = await portcullis.domainEvents();
  return events.flatMap((event) =>
    event['detail-type'] === 'Report Ready' ? (event.detail as unknown as Notified) : [],
  );
}

async function kept(prefix: string, name: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${prefix}${name}` }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

test('nothing is reported before its time', async () => {
  expect(await filesOf(portcullis)).toEqual([]);
});

test('a day later the report is in the bucket, whole, and people are notified of its figures with a link that ends', async () => {
  await aDayLater(portcullis);
  const [event, ...others] = await notified();
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    figures: { checks: 2, notSettled: 1, open: 1, closed: 1, notUnderstood: 0, score: 50 },
    bucket: BUCKET,
    prefix: expect.stringMatching(/^\d{4}\/\d{2}\/\d{2}\/\d{6}Z\/$/) as string,
    reason: expect.stringMatching(/^1 of 2 checks are unresolved.*; 1 are closed\. s3:\/\/.*https?:\/\//) as string,
  });
  const { searchParams } = new URL(event?.link ?? '');
  expect(searchParams.get('X-Amz-Expires')).toBe('43200');
  expect(Date.parse(event?.linkEnds ?? '') - Date.parse(event?.at ?? '')).toBe(43_200_000);
  expect(await filesOf(portcullis)).toEqual([
    'anchors.json',
    'assessment-results.oscal.json',
    'controls.csv',
    'findings.asff.json',
    'findings.csv',
    'findings.ocsf.json',
    'manifest.json',
    'remediations.csv',
    'report.html',
    'report.zip',
  ]);
});

test('the manifest has the SHA-256 of what is in the bucket, and the page its styles and script', async () => {
  const prefix = (await notified())[0]?.prefix ?? '';
  const { files } = JSON.parse((await kept(prefix, 'manifest.json')).toString()) as {
    readonly files: readonly { readonly name: string; readonly sha256: string }[];
  };
  expect(files).toHaveLength(8);
  for (const { name, sha256 } of files) {
    expect(
      createHash('sha256')
        .update(await kept(prefix, name))
        .digest('hex'),
    ).toBe(sha256);
  }
  const page = (await kept(prefix, 'report.html')).toString();
  expect(page).toContain('--tint-open');
  expect(page).toContain('beforeprint');
});

test('what is open says what the deployed policy would do about it: RDP is not automatic, so nothing', async () => {
  const prefix = (await notified())[0]?.prefix ?? '';
  const [head = '', ...rows] = (await kept(prefix, 'findings.csv')).toString().trim().split('\r\n');
  expect(head).toMatch(/,policy$/);
  expect(rows.map((row) => row.split(',').at(-1)).sort()).toEqual(['', 'ignore']);
  expect((await kept(prefix, 'report.html')).toString()).toContain('If the policy were on');
});

test('the anchors are the heads of all chains', async () => {
  const prefix = (await notified())[0]?.prefix ?? '';
  const { anchors } = JSON.parse((await kept(prefix, 'anchors.json')).toString()) as {
    readonly anchors: readonly object[];
  };
  expect(anchors).toHaveLength(1);
  expect(anchors[0]).toMatchObject({ sequence: expect.any(Number) as number, hash: expect.any(String) as string });
});

test('the bucket is locked: the administrator of the hub neither removes nor changes a report before its 400 days', async () => {
  const [event] = await notified();
  const of = { Bucket: BUCKET, Key: `${event?.prefix ?? ''}report.html` };
  const before = await kept(event?.prefix ?? '', 'report.html');
  const versionsOf = async () => {
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix: of.Key }));
    return Versions.map(({ VersionId }) => VersionId);
  };
  const [first] = await versionsOf();
  const version = { ...of, VersionId: first };
  const { Retention } = await s3.send(new GetObjectRetentionCommand(version));
  expect(Retention?.Mode).toBe('COMPLIANCE');
  const days = ((Retention?.RetainUntilDate?.getTime() ?? 0) - Date.parse(event?.at ?? '')) / 86_400_000;
  expect(Math.round(days)).toBe(400);
  const refused = { name: 'AccessDenied', message: expect.stringContaining('object lock') as string };
  const bypass = { BypassGovernanceRetention: true };
  await expect(s3.send(new DeleteObjectCommand({ ...version, ...bypass }))).rejects.toMatchObject(refused);
  const shorter = { Mode: 'COMPLIANCE', RetainUntilDate: new Date(event?.at ?? '') } as const;
  await expect(
    s3.send(new PutObjectRetentionCommand({ ...version, ...bypass, Retention: shorter })),
  ).rejects.toMatchObject(refused);
  // Written over, it is a version beside the first one; deleted, a marker before it.
  const { VersionId } = await s3.send(new PutObjectCommand({ ...of, Body: 'all is well' }));
  await s3.send(new DeleteObjectCommand(of));
  expect(await versionsOf()).toEqual([VersionId, first]);
  const { Body } = await s3.send(new GetObjectCommand(version));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(before);
});

test('the next day adds a report to the locked bucket, and leaves the first one as it was', async () => {
  const [first] = await notified();
  await aDayLater(portcullis);
  const [, second] = await notified();
  expect(second?.prefix).not.toBe(first?.prefix);
  expect((await kept(first?.prefix ?? '', 'report.zip')).length).toBeGreaterThan(1000);
});

test('where the bucket takes nothing, nobody is notified of a report, and the log says what was denied', async () => {
  const before = await notified();
  const files = await filesOf(portcullis);
  await portcullis.misbehave({ kind: 'deny', service: 's3', operation: 'PutObject' });
  await aDayLater(portcullis);
  await portcullis.behave();
  expect(await notified()).toEqual(before);
  expect(await filesOf(portcullis)).toEqual(files);
  const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Reporter' });
  expect(JSON.stringify(lines)).toMatch(/There is no report.*could not be put into the bucket .*s3:PutObject/);
});

test('where the bucket is gone, nobody is notified of a report, the log says why, and it is laid aside with an alarm', async () => {
  const before = (await notified()).length;
  await portcullis.ask('s3/remove', { bucket: BUCKET });
  await aDayLater(portcullis);
  expect(await notified()).toHaveLength(before);
  const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Reporter' });
  expect(JSON.stringify(lines)).toMatch(
    /There is no report.*The report could not be put into the bucket .*does not exist/,
  );
  // That of the bucket which took nothing, and this one.
  const deadLetters = (await portcullis.messages()).filter(({ queue }) => queue.endsWith('DeadLetters'));
  expect(deadLetters).toHaveLength(2);
});
