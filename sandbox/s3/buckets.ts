import { AwsError } from '../runtime/aws-error';
import type { PolicyDocument } from '../runtime/operation';
import type { DefaultRetention, Retention } from './object-lock';

export interface StoredObject {
  readonly versionId: string;
  /** Undefined: a delete marker. */
  readonly body: Uint8Array | undefined;
  readonly lastModifiedMillis: number;
  retention: Retention | undefined;
}

export interface BucketSettings {
  /** Without, an object is the last one that was written. */
  readonly isVersioned: boolean;
  /** Whether Object Lock is enabled, and what every new object is kept by. */
  readonly lock: { readonly retention: DefaultRetention | undefined } | undefined;
}

export interface Bucket extends BucketSettings {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  policy: PolicyDocument | undefined;
  /** By key, every version, the latest last. */
  readonly objects: Map<string, StoredObject[]>;
}

/** The buckets of all accounts: their names are one space. */
export class Buckets {
  readonly #buckets = new Map<string, Bucket>();

  /** @throws AwsError BucketAlreadyExists */
  create(name: string, account: string, region: string, settings: BucketSettings): Bucket {
    if (this.#buckets.has(name)) {
      throw new AwsError('BucketAlreadyExists', `The requested bucket name ${name} is not available.`, 409);
    }
    const bucket: Bucket = { name, account, region, policy: undefined, objects: new Map(), ...settings };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws AwsError NoSuchBucket */
  get(name = ''): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return bucket;
  }

  remove(name: string): void {
    this.#buckets.delete(name);
  }

  list(): readonly Bucket[] {
    return [...this.#buckets.values()];
  }
}

/**
 * One version of an object, the latest unless it is named.
 *
 * @throws AwsError NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker that is named
 */
export function versionOf(
  bucket: Bucket,
  key: string,
  versionId?: string,
): StoredObject & { readonly body: Uint8Array } {
  const versions = bucket.objects.get(key) ?? [];
  const found = versionId === undefined ? versions.at(-1) : versions.find((each) => each.versionId === versionId);
  if (found === undefined && versionId !== undefined) {
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  }
  if (found?.body !== undefined) return found as StoredObject & { readonly body: Uint8Array };
  if (versionId === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}
