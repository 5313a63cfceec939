import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { describeAccount } from '../organizations/describe-account';
import { createUnitExists } from '../organizations/unit-exists';
import { systemClock } from '../system-clock';

/**
 * Whether Organizations knows a unit, or the root as what the caller's account is in, with the caller's credentials.
 */
export function createUnitState(account: string): (id: string) => PortResult<boolean> {
  const client = new OrganizationsClient(clientSettings);
  const exists = createUnitExists(client, systemClock);
  return async (id) => {
    if (!id.startsWith('r-')) return exists(id);
    const described = await describeAccount(client, account);
    return described.ok ? success(described.value.organizationalUnits.includes(id)) : described;
  };
}
