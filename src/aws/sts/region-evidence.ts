import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Place } from '../../core/sweeping/place';
import { clientSettings } from '../client-settings';
import type { MemberCredentials } from './member-credentials';

/**
 * How services answer credentials that are good elsewhere where the account has not enabled the Region: each in another
 * way, and none of them says so. The same names stand for credentials that are good nowhere.
 */
const MAY_BE_DISABLED =
  /^(AuthFailure|OptInRequired|UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken)$/;

/** What of a client of the SDK is needed here, whatever service it is of. */
export interface AskedClient {
  destroy(): void;
  readonly middlewareStack: {
    add(
      middleware: <Args, Output>(next: (args: Args) => Promise<Output>) => (args: Args) => Promise<Output>,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

/**
 * Has calls of a client that a Region does not know the caller of fail with `RegionDisabledException` where EC2 says,
 * in the Region of this function, that the account has not enabled that Region. Where it cannot say, the error asks.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 *
 * @param credentials those of the client; left out where it has none of its own, but whoever is at the terminal
 */
export function reportDisabledRegion(
  client: AskedClient,
  { account, region }: Pick<Place, 'account' | 'region'>,
  credentials?: MemberCredentials,
): void {
  const middleware =
    <Args, Output>(next: (args: Args) => Promise<Output>) =>
    async (args: Args): Promise<Output> => {
      try {
        return await next(args);
      } catch (error) {
        if (!(error instanceof Error) || !MAY_BE_DISABLED.test(error.name)) throw error;
        const status = await fetchOptInStatus(region, credentials);
        if (status === 'not-opted-in') throw toDisabled(error, account, region);
        if (status !== undefined) throw error;
        error.message += ` (Is ${region} enabled in account ${account}? EC2 could not be asked: ec2:DescribeRegions.)`;
        throw error;
      }
    };
  client.middlewareStack.add(middleware, { step: 'initialize', name: 'portcullisAsksWhetherTheRegionIsEnabled' });
}

function toDisabled(error: Error, account: string, region: string): Error {
  const message =
    `${region} is not enabled in account ${account}, so that nobody can read or change anything there: with ` +
    `credentials of that account, aws account enable-region --region-name ${region}; or take it out of members.regions.`;
  return Object.assign(new Error(message, { cause: error }), {
    name: 'RegionDisabledException',
    $metadata: '$metadata' in error ? error.$metadata : {},
  });
}

/** Of the account whose credentials they are; undefined where EC2 does not say. */
async function fetchOptInStatus(
  region: string,
  credentials: MemberCredentials | undefined,
): Promise<string | undefined> {
  const ec2 = new EC2Client({ ...clientSettings, ...(credentials && { credentials }) });
  try {
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true, RegionNames: [region] }));
    return Regions.find(({ RegionName }) => RegionName === region)?.OptInStatus;
  } catch {
    // Whatever keeps it from being known, the first error is what is reported.
    return undefined;
  } finally {
    ec2.destroy();
  }
}
