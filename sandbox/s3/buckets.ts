import { AwsError } from '../runtime/aws-error';
import type { PolicyDocument } from '../runtime/operation';

export interface StoredObject {
  readonly body: Uint8Array;
  readonly versionId: string;
  readonly checksumSha256: string | undefined;
  readonly lastModifiedMillis: number;
}

export interface Bucket {
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
  create(name: string, account: string, region: string): Bucket {
    if (this.#buckets.has(name)) {
      throw new AwsError('BucketAlreadyExists', `The requested bucket name ${name} is not available.`, 409);
    }
    const bucket: Bucket = { name, account, region, policy: undefined, objects: new Map() };
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
