import { createHash } from 'node:crypto';
import * as schemas from '@aws-sdk/client-s3';
import type {
  GetObjectOutput,
  GetObjectRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
  PutObjectOutput,
  PutObjectRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, Service } from '../runtime/operation';
import { Buckets } from './buckets';
import { createProvisioners } from './provisioners';

/**
 * S3, as far as somebody writes objects whole, lists and reads them: versions, SHA-256, a bucket's own policy. No
 * parts, access control lists, retention or lifecycle: nothing here is ever removed. Lists are whole, and know no
 * delimiters.
 */
export function createS3(): Service {
  const buckets = new Buckets();
  const onObject =
    (action: string) =>
    (
      { Bucket = '', Key = '' }: { readonly Bucket: string | undefined; readonly Key: string | undefined },
      { world }: CallContext,
    ) => [{ action: `s3:${action}`, resource: `arn:${world.partition}:s3:::${Bucket}/${Key}` }];
  const PutObject: Operation<PutObjectRequest, PutObjectOutput> = {
    permissions: onObject('PutObject'),
    handle: (input, { world }) => {
      const { Bucket, Key = '', ChecksumSHA256 } = input;
      const bucket = buckets.get(Bucket);
      const body = bytesOf(input.Body);
      const checksum = createHash('sha256').update(body).digest('base64');
      if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== checksum) {
        throw new AwsError('BadDigest', 'The SHA256 you specified did not match the calculated checksum.', 400);
      }
      const versionId = world.uuid();
      const versions = bucket.objects.get(Key) ?? [];
      versions.push({ body, versionId, checksumSha256: ChecksumSHA256, lastModifiedMillis: world.clock.now() });
      bucket.objects.set(Key, versions);
      return { ETag: `"${createHash('md5').update(body).digest('hex')}"`, VersionId: versionId };
    },
  };
  const GetObject: Operation<GetObjectRequest, GetObjectOutput> = {
    permissions: onObject('GetObject'),
    handle: ({ Bucket, Key = '' }) => {
      const found = buckets.get(Bucket).objects.get(Key)?.at(-1);
      if (found === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      const { body, versionId, lastModifiedMillis } = found;
      return {
        Body: body as unknown as NonNullable<GetObjectOutput['Body']>,
        ContentLength: body.length,
        VersionId: versionId,
        LastModified: new Date(lastModifiedMillis),
      };
    },
  };
  const ListObjectsV2: Operation<ListObjectsV2Request, ListObjectsV2Output> = {
    permissions: ({ Bucket = '' }, { world }) => [
      { action: 's3:ListBucket', resource: `arn:${world.partition}:s3:::${Bucket}` },
    ],
    handle: ({ Bucket, Prefix = '', Delimiter }) => {
      if (Delimiter !== undefined) throw new AwsError('NotImplemented', 'The sandbox knows no Delimiter.', 501);
      const found = [...buckets.get(Bucket).objects].filter(([key]) => key.startsWith(Prefix)).sort();
      const Contents = found.flatMap(([Key, versions]) => {
        const latest = versions.at(-1);
        return latest ? [{ Key, Size: latest.body.length, LastModified: new Date(latest.lastModifiedMillis) }] : [];
      });
      return { Name: Bucket, Prefix, KeyCount: Contents.length, MaxKeys: 1000, IsTruncated: false, Contents };
    },
  };
  return {
    signingName: 's3',
    protocol: 'restXml',
    schemas,
    operations: { PutObject, GetObject, ListObjectsV2 },
    provisioners: createProvisioners(buckets),
    resourcePolicy: (arn) => buckets.find(arn.split(':::')[1]?.split('/')[0] ?? '')?.policy,
    inspect: {
      /** Keys of every bucket, in the order in which they were written. */
      objects: () => buckets.list().map(({ name, objects }) => ({ bucket: name, keys: [...objects.keys()] })),
      /** Takes a bucket away, as somebody might. */
      remove: (body) => {
        buckets.remove(String((body as { readonly bucket?: unknown } | undefined)?.bucket));
        return {};
      },
    },
  };
}

/** What came over the wire is bytes already; the SDK's types are those of its clients. */
function bytesOf(body: PutObjectRequest['Body']): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}
