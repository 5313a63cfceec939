import { z } from 'zod';
import { AwsError } from '../runtime/aws-error';
import type { Provisioner } from '../runtime/operation';
import { ignoredProperty, parseProperties, policyProperty } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import type { Buckets, BucketSettings } from './buckets';

const lockConfiguration = z.strictObject({
  ObjectLockEnabled: z.literal('Enabled'),
  Rule: z
    .strictObject({
      DefaultRetention: z.strictObject({ Mode: z.enum(['COMPLIANCE', 'GOVERNANCE']), Days: z.coerce.number().int() }),
    })
    .optional(),
});

const bucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  BucketEncryption: ignoredProperty,
  PublicAccessBlockConfiguration: ignoredProperty,
  OwnershipControls: ignoredProperty,
  LoggingConfiguration: ignoredProperty,
  LifecycleConfiguration: ignoredProperty,
  ObjectLockEnabled: z.union([z.boolean(), z.stringbool()]).optional(),
  ObjectLockConfiguration: lockConfiguration.optional(),
  AccessControl: ignoredProperty,
  Tags: ignoredProperty,
});

const policyProperties = z.strictObject({ Bucket: z.string(), PolicyDocument: policyProperty });

/** @throws AwsError ValidationError for properties that the sandbox does not have */
export function createProvisioners(buckets: Buckets): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::S3::Bucket': (properties, place) => {
      const parsed = parseProperties('AWS::S3::Bucket', bucketProperties, properties);
      const name = parsed.BucketName ?? physicalName(place, 63).toLowerCase();
      buckets.create(name, place.account, place.region, settingsOf(parsed));
      return { ref: name, attributes: { Arn: `arn:${place.world.partition}:s3:::${name}` } };
    },

    'AWS::S3::BucketPolicy': (properties, place) => {
      const { Bucket, PolicyDocument } = parseProperties('AWS::S3::BucketPolicy', policyProperties, properties);
      buckets.get(Bucket).policy = PolicyDocument;
      return { ref: physicalName(place, 63), attributes: {} };
    },
  };
}

/**
 * A lock is for a new bucket, and brings versions along.
 *
 * @throws AwsError InvalidBucketState
 */
function settingsOf({
  VersioningConfiguration,
  ObjectLockEnabled,
  ObjectLockConfiguration,
}: z.infer<typeof bucketProperties>): BucketSettings {
  const isVersioned = VersioningConfiguration?.Status === 'Enabled';
  if (ObjectLockEnabled !== true) {
    if (ObjectLockConfiguration === undefined) return { isVersioned, lock: undefined };
    throw new AwsError('InvalidBucketState', 'Object Lock configuration cannot be enabled on existing buckets', 409);
  }
  const rule = ObjectLockConfiguration?.Rule?.DefaultRetention;
  const retention = rule && { mode: rule.Mode, days: rule.Days };
  return { isVersioned: true, lock: { retention } };
}
