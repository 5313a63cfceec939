import { DescribeAccountCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AccountFacts } from '../../core/context/context';
import { toOrganizationalUnits } from '../../core/context/to-organizational-units';
import { failure, success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';

/**
 * The name of an account and where it is in its organization. Answered to the management account and to delegated
 * administrators, which the hub of Security Hub is one of.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html
 */
export async function describeAccount(client: OrganizationsClient, account: string): PortResult<AccountFacts> {
  const described = await attempt('organizations:DescribeAccount', () =>
    client.send(new DescribeAccountCommand({ AccountId: account })),
  );
  if (!described.ok) return described;
  const { Name = '', Paths = [] } = described.value.Account ?? {};
  const organizationalUnits = toOrganizationalUnits(Paths, account);
  if (organizationalUnits.ok) return success({ name: Name, organizationalUnits: organizationalUnits.value });
  return failure({ code: 'unknown', retryable: false, cause: organizationalUnits.error });
}
