import { createHash } from 'node:crypto';
import type {
  DeleteObjectOutput,
  DeleteObjectRequest,
  GetObjectOutput,
  GetObjectRequest,
  PutObjectOutput,
  PutObjectRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import { versionOf, type Bucket, type Buckets, type StoredObject } from './buckets';
import { checkMayGo, retentionFrom, type Retention } from './object-lock';
import { onObject } from './permissions';

/** Objects are written, read and deleted whole; what is locked stays. */
export function createObjectOperations(buckets: Buckets): Readonly<Record<string, Operation>> {
  const PutObject: Operation<PutObjectRequest, PutObjectOutput> = {
    permissions: (input, context) => [
      onObject('PutObject', input, context),
      ...(input.ObjectLockMode === undefined ? [] : [onObject('PutObjectRetention', input, context)]),
    ],
    handle: (input, { world }) => {
      const { Bucket, Key = '', ChecksumSHA256 } = input;
      const bucket = buckets.get(Bucket);
      const now = world.clock.now();
      const retention = retentionOf(input, bucket, now);
      const body = bytesOf(input.Body);
      const checksum = createHash('sha256').update(body).digest('base64');
      if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== checksum) {
        throw new AwsError('BadDigest', 'The SHA256 you specified did not match the calculated checksum.', 400);
      }
      const versionId = bucket.isVersioned ? world.uuid() : 'null';
      add(bucket, Key, { body, versionId, lastModifiedMillis: now, retention });
      const ETag = `"${createHash('md5').update(body).digest('hex')}"`;
      return bucket.isVersioned ? { ETag, VersionId: versionId } : { ETag };
    },
  };
  const GetObject: Operation<GetObjectRequest, GetObjectOutput> = {
    permissions: (input, context) => [
      onObject(input.VersionId === undefined ? 'GetObject' : 'GetObjectVersion', input, context),
    ],
    handle: ({ Bucket, Key = '', VersionId }) => {
      const { body, versionId, lastModifiedMillis } = versionOf(buckets.get(Bucket), Key, VersionId);
      return {
        Body: body as unknown as NonNullable<GetObjectOutput['Body']>,
        ContentLength: body.length,
        VersionId: versionId,
        LastModified: new Date(lastModifiedMillis),
      };
    },
  };
  const DeleteObject: Operation<DeleteObjectRequest, DeleteObjectOutput> = {
    permissions: (input, context) => [
      onObject(input.VersionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion', input, context),
      ...(input.BypassGovernanceRetention === true ? [onObject('BypassGovernanceRetention', input, context)] : []),
    ],
    handle: ({ Bucket, Key = '', VersionId, BypassGovernanceRetention = false }, { world }) => {
      const bucket = buckets.get(Bucket);
      const versions = bucket.objects.get(Key) ?? [];
      const lastModifiedMillis = world.clock.now();
      if (VersionId === undefined && bucket.isVersioned) {
        const versionId = world.uuid();
        add(bucket, Key, { body: undefined, versionId, lastModifiedMillis, retention: undefined });
        return { DeleteMarker: true, VersionId: versionId };
      }
      const wanted = VersionId ?? 'null';
      const found = versions.find(({ versionId }) => versionId === wanted);
      if (found === undefined) return {};
      checkMayGo(found, lastModifiedMillis, BypassGovernanceRetention);
      bucket.objects.set(
        Key,
        versions.filter((each) => each !== found),
      );
      return { VersionId: wanted, ...(found.body === undefined ? { DeleteMarker: true } : {}) };
    },
  };
  return { PutObject, GetObject, DeleteObject };
}

/** A new version beside the others; without versions in their place. */
function add(bucket: Bucket, key: string, version: StoredObject): void {
  bucket.objects.set(key, bucket.isVersioned ? [...(bucket.objects.get(key) ?? []), version] : [version]);
}

/** @throws AwsError InvalidRequest */
function retentionOf(input: PutObjectRequest, { lock }: Bucket, now: number): Retention | undefined {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = input;
  if (input.ObjectLockLegalHoldStatus !== undefined) {
    throw new AwsError('NotImplemented', 'The sandbox knows no legal hold.', 501);
  }
  if (mode !== undefined && lock === undefined) {
    throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration', 400);
  }
  if ((mode === undefined) !== (until === undefined)) {
    const names = 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode';
    throw new AwsError('InvalidArgument', `${names} must both be supplied`, 400);
  }
  const own = mode === undefined || until === undefined ? undefined : { mode, untilMillis: until.getTime() };
  const retention = own ?? (lock?.retention && retentionFrom(lock.retention, now));
  if (retention !== undefined && !hasChecksum(input)) {
    const what =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
    throw new AwsError('InvalidRequest', what, 400);
  }
  return retention;
}

function hasChecksum(input: PutObjectRequest): boolean {
  const { ContentMD5, ChecksumSHA256, ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1 } = input;
  const sums = [ContentMD5, ChecksumSHA256, ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1];
  return sums.some((sum) => sum !== undefined);
}

/** What came over the wire is bytes already; the SDK's types are those of its clients. */
function bytesOf(body: PutObjectRequest['Body']): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}
