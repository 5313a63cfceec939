import type { FindingKey } from '../../core/findings/finding';

/** Ids are unique for one product only. */
export function identityOf({ id, productArn }: FindingKey): string {
  return `${productArn}\n${id}`;
}
