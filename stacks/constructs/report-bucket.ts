import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type { ReportNames } from '../../src/core/configuration/names/report-names';

export interface ReportBucketProps {
  readonly names: ReportNames;
  readonly keepDays: number;
  readonly objectLock: boolean;
}

/** How long who read what is kept. */
const LOG_DAYS = 400;

const COMMON = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  // Reports outlive what made them.
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/**
 * Where reports are kept: every version, encrypted, by TLS only, with a log of who read what, and removed when their
 * days are over. Locked in compliance mode where that is asked for: nobody removes or changes a report before then.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class ReportBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { names, keepDays, objectLock }: ReportBucketProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    // By the bucket's policy: access control lists are switched off.
    this.node.setContext(S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY, true);
    const logs = new Bucket(this, 'Logs', {
      ...COMMON,
      bucketName: names.logBucket(account, region),
      lifecycleRules: [{ expiration: Duration.days(LOG_DAYS) }],
    });
    Validations.of(logs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds the log of the other bucket; a log of a log would never end.',
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...COMMON,
      bucketName: names.bucket(account, region),
      versioned: true,
      // As its own interface: the class says less than that of an optional property.
      serverAccessLogsBucket: logs as IBucket,
      lifecycleRules: [
        {
          expiration: Duration.days(keepDays),
          // A day behind: what is locked cannot go before.
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      ...(objectLock
        ? {
            objectLockEnabled: true,
            objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(keepDays)),
          }
        : {}),
    });
  }
}
