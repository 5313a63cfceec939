import { AwsError } from '../runtime/aws-error';
import { invalidParameterValue } from './ec2-errors';

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly nextToken: { readonly NextToken?: string };
}

/**
 * One page of a list; the token is the offset of the next.
 * @throws AwsError InvalidParameterValue for MaxResults outside the bounds, InvalidPaginationToken.
 */
export function toPage<Item>(
  all: readonly Item[],
  { MaxResults, NextToken }: PageRequest,
  bounds: { readonly least: number; readonly most: number },
): Page<Item> {
  if (MaxResults !== undefined && (MaxResults < bounds.least || MaxResults > bounds.most)) {
    const expected =
      MaxResults < bounds.least ? `greater than or equal to ${bounds.least}` : `less than or equal to ${bounds.most}`;
    throw invalidParameterValue(
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value ${expected}.`,
    );
  }
  const start = NextToken === undefined ? 0 : readToken(NextToken);
  const end = start + (MaxResults ?? bounds.most);
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? { NextToken: Buffer.from(`offset:${end}`).toString('base64') } : {},
  };
}

function readToken(token: string): number {
  const offset = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (offset === undefined) throw new AwsError('InvalidPaginationToken', 'The pagination token is invalid');
  return Number(offset);
}
