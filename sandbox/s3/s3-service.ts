import * as schemas from '@aws-sdk/client-s3';
import type { Service } from '../runtime/operation';
import { Buckets } from './buckets';
import { createListOperations } from './list-operations';
import { createLockOperations } from './lock-operations';
import { createObjectOperations } from './object-operations';
import { createProvisioners } from './provisioners';

/**
 * S3, as far as somebody writes objects whole, lists, reads and deletes them: versions, SHA-256, Object Lock, a
 * bucket's own policy. No parts, access control lists, legal hold or lifecycle: nothing goes by itself.
 */
export function createS3(): Service {
  const buckets = new Buckets();
  return {
    signingName: 's3',
    protocol: 'restXml',
    schemas,
    operations: {
      ...createObjectOperations(buckets),
      ...createListOperations(buckets),
      ...createLockOperations(buckets),
    },
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
