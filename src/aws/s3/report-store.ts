import { createReadStream, statSync } from 'node:fs';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ReportStore } from '../../flow/ports';
import { attempt } from '../aws-failure';

/**
 * Reports as objects of a bucket. S3 compares the SHA-256 of what arrived; a bucket with object lock asks for one.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function createReportStore(client: S3Client, bucket: string): ReportStore {
  return {
    bucket,

    put(key, { path, sha256 }) {
      return attempt(`The report could not be put into the bucket ${bucket} (${key})`, async () => {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: createReadStream(path),
            ContentLength: statSync(path).size,
            ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
          }),
        );
      });
    },

    link(key, seconds) {
      return attempt(`No link could be made to ${key}`, () =>
        getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds }),
      );
    },
  };
}
