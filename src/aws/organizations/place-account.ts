import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AccountFacts, DoubtfulUnit } from '../../core/context/context';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { describeAccount } from './describe-account';
import type { UnitExists } from './unit-exists';

/**
 * Where an account is, and which of the units asked for nobody can tell it to be outside of: that an account is not in
 * a unit that does not exist says nothing about it.
 */
export async function placeAccount(
  client: OrganizationsClient,
  account: string,
  units: readonly string[],
  exists: UnitExists,
): PortResult<AccountFacts> {
  const described = await describeAccount(client, account);
  if (!described.ok) return described;
  const { organizationalUnits } = described.value;
  const doubtfulUnits: DoubtfulUnit[] = [];
  for (const id of units.filter((each) => !organizationalUnits.includes(each))) {
    const reason = await doubtAbout(id, exists);
    if (reason !== undefined) doubtfulUnits.push({ id, reason });
  }
  return success({ ...described.value, ...(doubtfulUnits.length === 0 ? {} : { doubtfulUnits }) });
}

async function doubtAbout(id: string, exists: UnitExists): Promise<string | undefined> {
  // Whatever account is read, the root of its organization is above it.
  if (id.startsWith('r-')) return `${id} is not the root of the organization`;
  const found = await exists(id);
  if (!found.ok) return `whether organizational unit ${id} exists could not be read: ${found.error.cause}`;
  return found.value ? undefined : `organizational unit ${id} does not exist any more`;
}
