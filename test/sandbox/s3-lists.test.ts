import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createS3 } from '../../sandbox/s3/s3-service';
import { asAdministrator, hub, provision, startSmallSandbox } from './small-sandbox';

test('a list names the keys below a prefix with their sizes, and refuses what it does not know', async () => {
  const sandbox = await startSmallSandbox(createS3());
  await provision(sandbox, 'AWS::S3::Bucket', { BucketName: 'reports' });
  const s3 = new S3Client({ ...asAdministrator(sandbox, hub), forcePathStyle: true });
  try {
    for (const Key of ['b/2.csv', 'a/1 & <one>.csv', 'a/0.csv']) {
      await s3.send(new PutObjectCommand({ Bucket: 'reports', Key, Body: 'text' }));
    }
    const { Contents, KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: 'reports', Prefix: 'a/' }));
    expect(KeyCount).toBe(2);
    expect(Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
      ['a/0.csv', 4],
      ['a/1 & <one>.csv', 4],
    ]);
    const list = (input: object) => s3.send(new ListObjectsV2Command({ Bucket: 'reports', ...input }));
    await expect(list({ Delimiter: '/' })).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(list({ Bucket: 'gone' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  } finally {
    s3.destroy();
    await sandbox.stop();
  }
});
