import { failure, success } from '../core/result';
import type { PortResult } from '../flow/ports';
import { attempt } from './aws-failure';

export interface Page<Item> {
  /** Undefined where the answer has no such list: then nobody knows whether there are any. */
  readonly items: readonly Item[] | undefined;
  readonly nextToken: string | undefined;
}

/**
 * All pages of a list, or the first failure: half a list is never answered unasked.
 *
 * @param what says what failed, such as `The rules of sg-… cannot be read`
 * @param maxPages of a list whose first pages are enough; all of them when left out
 */
export async function fetchPages<Item>(
  what: string,
  fetchPage: (nextToken: string | undefined) => Promise<Page<Item>>,
  maxPages = Number.POSITIVE_INFINITY,
): PortResult<readonly Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await attempt(what, () => fetchPage(token));
    if (!page.ok) return page;
    if (page.value.items === undefined) {
      return failure({ code: 'unknown', retryable: false, cause: `${what}: the answer holds no list` });
    }
    items.push(...page.value.items);
    token = page.value.nextToken;
    if (token === undefined || token === '') break;
  }
  return success(items);
}
