import { fetchCallerAccount } from '../../aws/adapters/caller-account';
import { loginHint } from './login-hint';

/**
 * What is said, with what to check. Where nobody is logged in there is nothing to check yet: how to is said of every
 * error.
 *
 * @param cause what the SDK says
 */
export async function withHubHint(cause: string, region: string): Promise<string> {
  return loginHint(cause) === undefined ? `${cause} (Region ${region}); ${await hubHint(region)}` : cause;
}

/**
 * What to check where a deployment is not found or may not be read: it is in one account and Region, and the account
 * that the credentials are of is the first thing that people get wrong.
 */
export async function hubHint(region: string): Promise<string> {
  const account = await fetchCallerAccount(region);
  const profile = process.env['AWS_PROFILE'] ?? '';
  const none = profile === '' ? '' : `; none come of the profile ${profile}`;
  const whose = account.ok ? `; yours are of account ${account.value}` : none;
  return `check --region and --prefix, and that the credentials are those of the hub account${whose}`;
}
