import type { RequestedControl } from '../../core/controls/control-id';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import { sweepResource } from '../../core/sweeping/sweep-resource';
import type { SweptPlace, SweptTarget, Unreadable } from '../../core/sweeping/swept-place';
import type { Target } from '../../core/target';
import type { Inventory, PortResult } from '../ports';

/**
 * Reads all groups and network ACLs of an account and Region, and holds them against the controls.
 *
 * @returns a failure when the place cannot be read
 */
export async function sweepPlace(
  place: Place,
  controls: readonly RequestedControl[],
  session: string,
  { inventory }: { readonly inventory: Inventory },
): PortResult<{ readonly found: SweptPlace; readonly resources: readonly Resource[] }> {
  const read = await inventory.readPlace(place, session);
  if (!read.ok) return read;
  const { resources, notUnderstood } = read.value;
  const { account, region } = place;
  const targets: SweptTarget[] = [];
  const unreadable: Unreadable[] = notUnderstood.map(({ id, reason }) => ({ account, region, target: id, reason }));
  for (const resource of resources) {
    const { violations, unclear } = sweepResource(resource, controls);
    if (unclear !== undefined) unreadable.push({ account, region, target: resource.id, reason: unclear });
    if (violations.length === 0) continue;
    const objecting = new Set(violations.flatMap((violation) => violation.controls));
    targets.push({
      target: toTarget(resource, place),
      controls: controls.flatMap(({ id }) => (objecting.has(id) ? id : [])),
      violations,
    });
  }
  const securityGroups = resources.filter(({ kind }) => kind === 'security-group').length;
  const networkAcls = resources.length - securityGroups;
  return success({ found: { account, region, securityGroups, networkAcls, targets, unreadable }, resources });
}

function toTarget({ kind, id }: Resource, { partition, account, region }: Place): Target {
  return { kind, partition, account, region, id };
}

/** A place of which nothing is known. */
export function toUnreadPlace({ account, region }: Place, reason: string): SweptPlace {
  return { account, region, securityGroups: 0, networkAcls: 0, targets: [], unreadable: [{ account, region, reason }] };
}
