import { invalidInput } from './securityhub-error';

/**
 * A page of what there is, and the token of the next one where there is more.
 *
 * @throws AwsError InvalidInputException for what is no token of ours
 */
export function pageOf<Item>(
  all: readonly Item[],
  { NextToken, MaxResults }: { readonly NextToken: string | undefined; readonly MaxResults: number },
): { readonly page: Item[]; readonly next: { readonly NextToken?: string } } {
  const start = parseToken(NextToken);
  const end = start + MaxResults;
  return { page: all.slice(start, end), next: end < all.length ? { NextToken: toToken(end) } : {} };
}

/** The `NextToken` of the page that begins there. */
function toToken(start: number): string {
  return Buffer.from(`from:${start}`).toString('base64url');
}

/** @throws AwsError InvalidInputException for what is no token of ours */
function parseToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined) throw invalidInput(`NextToken is not valid: ${token}`);
  return Number(start);
}
