import { success } from '../core/result';
import type { PortResult } from '../flow/ports';
import { attempt } from './aws-failure';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/**
 * All pages of a list, or the first failure: half a list is never answered.
 * @param what says what failed, such as `The rules of sg-… cannot be read`
 */
export async function fetchPages<Item>(
  what: string,
  fetchPage: (nextToken: string | undefined) => Promise<Page<Item>>,
): PortResult<readonly Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await attempt(what, () => fetchPage(token));
    if (!page.ok) return page;
    items.push(...page.value.items);
    token = page.value.nextToken;
  } while (token !== undefined && token !== '');
  return success(items);
}
