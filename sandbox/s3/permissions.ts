import type { CallContext, RequiredPermission } from '../runtime/operation';

/** A permission on an object, by the name of its action. */
export function onObject(
  action: string,
  { Bucket = '', Key = '' }: { readonly Bucket?: string | undefined; readonly Key?: string | undefined },
  { world }: CallContext,
): RequiredPermission {
  return { action: `s3:${action}`, resource: `arn:${world.partition}:s3:::${Bucket}/${Key}` };
}

/** A permission on a bucket. */
export function onBucket(
  action: string,
  { Bucket = '' }: { readonly Bucket?: string | undefined },
  { world }: CallContext,
): RequiredPermission {
  return { action: `s3:${action}`, resource: `arn:${world.partition}:s3:::${Bucket}` };
}
