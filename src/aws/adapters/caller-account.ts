import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { clientSettings } from '../client-settings';

/** The account that the credentials of the environment are of. */
export function fetchCallerAccount(region: string): PortResult<string> {
  return attempt('The caller cannot be identified', async () => {
    const { Account = '' } = await new STSClient({ ...clientSettings, region }).send(new GetCallerIdentityCommand({}));
    return Account;
  });
}
