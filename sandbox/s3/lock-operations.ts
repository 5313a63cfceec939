import type {
  GetObjectLockConfigurationOutput,
  GetObjectLockConfigurationRequest,
  GetObjectRetentionOutput,
  GetObjectRetentionRequest,
  PutObjectRetentionOutput,
  PutObjectRetentionRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import { versionOf, type Buckets } from './buckets';
import { checkMayChange } from './object-lock';
import { onBucket, onObject } from './permissions';

/** What says and sets until when objects are locked. A bucket is given its lock by the template that makes it. */
export function createLockOperations(buckets: Buckets): Readonly<Record<string, Operation>> {
  const GetObjectLockConfiguration: Operation<GetObjectLockConfigurationRequest, GetObjectLockConfigurationOutput> = {
    permissions: (input, context) => [onBucket('GetBucketObjectLockConfiguration', input, context)],
    handle: ({ Bucket }) => {
      const { lock } = buckets.get(Bucket);
      if (lock === undefined) {
        const message = 'Object Lock configuration does not exist for this bucket';
        throw new AwsError('ObjectLockConfigurationNotFoundError', message, 404);
      }
      const { retention } = lock;
      const Rule = retention && { DefaultRetention: { Mode: retention.mode, Days: retention.days } };
      return { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...(Rule && { Rule }) } };
    },
  };
  const GetObjectRetention: Operation<GetObjectRetentionRequest, GetObjectRetentionOutput> = {
    permissions: (input, context) => [onObject('GetObjectRetention', input, context)],
    handle: ({ Bucket, Key = '', VersionId }) => {
      const { retention } = versionOf(buckets.get(Bucket), Key, VersionId);
      if (retention === undefined) {
        const message = 'The specified object does not have a ObjectLock configuration';
        throw new AwsError('NoSuchObjectLockConfiguration', message, 404);
      }
      return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.untilMillis) } };
    },
  };
  const PutObjectRetention: Operation<PutObjectRetentionRequest, PutObjectRetentionOutput> = {
    permissions: (input, context) => [
      onObject('PutObjectRetention', input, context),
      ...(input.BypassGovernanceRetention === true ? [onObject('BypassGovernanceRetention', input, context)] : []),
    ],
    handle: ({ Bucket, Key = '', VersionId, Retention = {}, BypassGovernanceRetention = false }, { world }) => {
      const bucket = buckets.get(Bucket);
      if (bucket.lock === undefined) {
        throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration', 400);
      }
      const version = versionOf(bucket, Key, VersionId);
      const { Mode: mode, RetainUntilDate: until } = Retention;
      if (mode === undefined || until === undefined) {
        throw new AwsError('MalformedXML', 'The XML you provided was not well-formed', 400);
      }
      const next = { mode, untilMillis: until.getTime() };
      checkMayChange(version, next, world.clock.now(), BypassGovernanceRetention);
      version.retention = next;
      return {};
    },
  };
  return { GetObjectLockConfiguration, GetObjectRetention, PutObjectRetention };
}
