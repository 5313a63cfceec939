import { DescribeOrganizationalUnitCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { success } from '../../core/result';
import type { Clock, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** Whether Organizations knows a unit; a failure where it does not say. */
export type UnitExists = (id: string) => PortResult<boolean>;

/** Units come and go by hand. Organizations takes two of these calls a second, for all of an organization. */
const REMEMBERED_MILLIS = 5 * 60_000;

/**
 * Asks Organizations, and remembers what is there; what is not is asked for again each time. Answered to the management
 * account and to delegated administrators.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganizationalUnit.html
 */
export function createUnitExists(client: OrganizationsClient, clock: Clock): UnitExists {
  const seen = new Map<string, number>();
  return async (id) => {
    const now = clock.now().getTime();
    const at = seen.get(id);
    if (at !== undefined && now - at < REMEMBERED_MILLIS) return success(true);
    const described = await attempt('organizations:DescribeOrganizationalUnit', () =>
      client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id })),
    );
    if (!described.ok) return described.error.code === 'not-found' ? success(false) : described;
    seen.set(id, now);
    return success(true);
  };
}
