import { success } from '../core/result';
import type { PortResult } from '../flow/ports';
import { fetchPages, type Page } from './fetch-pages';

interface SomePages<Item> {
  readonly items: readonly Item[];
  /** The list has more than these. */
  readonly goesOn: boolean;
}

/**
 * The first pages of a list, and whether it goes on after them; or the first failure.
 *
 * @param what says what failed, such as `Findings cannot be read`
 */
export async function fetchSomePages<Item>(
  what: string,
  fetchPage: (nextToken: string | undefined) => Promise<Page<Item>>,
  mostPages: number,
): PortResult<SomePages<Item>> {
  let next: string | undefined;
  const found = await fetchPages(
    what,
    async (token) => {
      const page = await fetchPage(token);
      next = page.nextToken;
      return page;
    },
    mostPages,
  );
  return found.ok ? success({ items: found.value, goesOn: (next ?? '') !== '' }) : found;
}
