import { z } from 'zod';
import type { Provisioner } from '../runtime/operation';
import { ignoredProperty, parseProperties, policyProperty } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import type { Buckets } from './buckets';

const bucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: ignoredProperty,
  BucketEncryption: ignoredProperty,
  PublicAccessBlockConfiguration: ignoredProperty,
  OwnershipControls: ignoredProperty,
  LoggingConfiguration: ignoredProperty,
  LifecycleConfiguration: ignoredProperty,
  ObjectLockEnabled: ignoredProperty,
  ObjectLockConfiguration: ignoredProperty,
  AccessControl: ignoredProperty,
  Tags: ignoredProperty,
});

const policyProperties = z.strictObject({ Bucket: z.string(), PolicyDocument: policyProperty });

/** @throws AwsError ValidationError for properties that the sandbox does not have */
export function createProvisioners(buckets: Buckets): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::S3::Bucket': (properties, place) => {
      const { BucketName } = parseProperties('AWS::S3::Bucket', bucketProperties, properties);
      const name = BucketName ?? physicalName(place, 63).toLowerCase();
      buckets.create(name, place.account, place.region);
      return { ref: name, attributes: { Arn: `arn:${place.world.partition}:s3:::${name}` } };
    },

    'AWS::S3::BucketPolicy': (properties, place) => {
      const { Bucket, PolicyDocument } = parseProperties('AWS::S3::BucketPolicy', policyProperties, properties);
      buckets.get(Bucket).policy = PolicyDocument;
      return { ref: physicalName(place, 63), attributes: {} };
    },
  };
}
