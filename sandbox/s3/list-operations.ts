import type {
  ListObjectsV2Output,
  ListObjectsV2Request,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import type { Buckets, StoredObject } from './buckets';
import { onBucket } from './permissions';

/** Lists are whole, and know no delimiters. */
export function createListOperations(buckets: Buckets): Readonly<Record<string, Operation>> {
  const below = (name: string | undefined, prefix: string): readonly (readonly [string, readonly StoredObject[]])[] =>
    [...buckets.get(name).objects].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  const ListObjectsV2: Operation<ListObjectsV2Request, ListObjectsV2Output> = {
    permissions: (input, context) => [onBucket('ListBucket', input, context)],
    handle: ({ Bucket, Prefix = '', Delimiter }) => {
      refuseDelimiter(Delimiter);
      const Contents = below(Bucket, Prefix).flatMap(([Key, versions]) => {
        const { body, lastModifiedMillis = 0 } = versions.at(-1) ?? {};
        return body ? [{ Key, Size: body.length, LastModified: new Date(lastModifiedMillis) }] : [];
      });
      return { Name: Bucket, Prefix, KeyCount: Contents.length, MaxKeys: 1000, IsTruncated: false, Contents };
    },
  };
  const ListObjectVersions: Operation<ListObjectVersionsRequest, ListObjectVersionsOutput> = {
    permissions: (input, context) => [onBucket('ListBucketVersions', input, context)],
    handle: ({ Bucket, Prefix = '', Delimiter }) => {
      refuseDelimiter(Delimiter);
      const all = below(Bucket, Prefix).flatMap(([Key, versions]) =>
        versions.toReversed().map((version, place) => ({
          body: version.body,
          details: {
            Key,
            VersionId: version.versionId,
            IsLatest: place === 0,
            LastModified: new Date(version.lastModifiedMillis),
          },
        })),
      );
      return {
        Name: Bucket,
        Prefix,
        MaxKeys: 1000,
        IsTruncated: false,
        Versions: all.flatMap(({ body, details }) => (body ? [{ ...details, Size: body.length }] : [])),
        DeleteMarkers: all.flatMap(({ body, details }) => (body ? [] : [details])),
      };
    },
  };
  return { ListObjectsV2, ListObjectVersions };
}

/** @throws AwsError NotImplemented */
function refuseDelimiter(delimiter: string | undefined): void {
  if (delimiter !== undefined) throw new AwsError('NotImplemented', 'The sandbox knows no Delimiter.', 501);
}
