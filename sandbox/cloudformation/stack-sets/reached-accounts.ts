import type {
  ListAccountsForParentResponse,
  ListOrganizationalUnitsForParentResponse,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../../runtime/aws-error';
import type { World } from '../../runtime/world';
import type { ReachedAccount } from './stack-set';

/**
 * Accounts in units and the units in them, each once. Never the management account.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 *
 * @throws AwsError where a unit does not exist
 */
export async function reachedAccounts(world: World, units: readonly string[]): Promise<readonly ReachedAccount[]> {
  const reached = new Map<string, ReachedAccount>();
  for (const unit of units) {
    for (const each of await accountsIn(world, unit).catch(toNoUnit(unit))) {
      if (each.account !== world.hub.account && !reached.has(each.account)) reached.set(each.account, each);
    }
  }
  return [...reached.values()];
}

async function accountsIn(world: World, ParentId: string): Promise<readonly ReachedAccount[]> {
  const { hub } = world;
  const call = { principal: { kind: 'account', account: hub.account }, ...hub } as const;
  const here = (await world.call(
    'organizations',
    'ListAccountsForParent',
    { ParentId },
    call,
  )) as ListAccountsForParentResponse;
  const below = (await world.call(
    'organizations',
    'ListOrganizationalUnitsForParent',
    { ParentId },
    call,
  )) as ListOrganizationalUnitsForParentResponse;
  const accounts = (here.Accounts ?? []).map(({ Id = '', State }) => ({
    account: Id,
    unit: ParentId,
    isSuspended: State === 'SUSPENDED',
  }));
  for (const { Id = '' } of below.OrganizationalUnits ?? []) accounts.push(...(await accountsIn(world, Id)));
  return accounts;
}

function toNoUnit(unit: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError('ValidationError', `Organizational unit ${unit} does not exist in the organization`);
  };
}
