import { failure, success } from '../core/result';
import type { PortResult } from '../flow/ports';
import type { Page } from './fetch-pages';
import { fetchSomePages } from './fetch-some-pages';

/** 5,000 instances; 2,000 load balancers or target groups of an account and Region. */
const MOST_PAGES = 5;

/**
 * All pages of a list, or the first failure; a list that goes on after {@link MOST_PAGES} is one: none of it may be
 * missing where that would mean that there is none.
 *
 * @param operation with its service, as a permission names it
 */
export async function fetchUpTo<Item>(
  what: string,
  operation: string,
  fetchPage: (marker: string | undefined) => Promise<Page<Item>>,
): PortResult<readonly Item[]> {
  const found = await fetchSomePages(operation, fetchPage, MOST_PAGES);
  if (!found.ok) return found;
  const { items, goesOn } = found.value;
  if (!goesOn) return success(items);
  return failure({
    code: 'unknown',
    retryable: false,
    cause: `there are more than ${String(items.length)} ${what}`,
  });
}
