import { invalidInput } from './securityhub-error';

/** The `NextToken` of the page that begins there. */
export function toToken(start: number): string {
  return Buffer.from(`from:${start}`).toString('base64url');
}

/** @throws AwsError InvalidInputException for what is no token of ours */
export function parseToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined) throw invalidInput(`NextToken is not valid: ${token}`);
  return Number(start);
}
