import type { RequestedControl } from '../../core/controls/control-id';
import { withAuthorizedPorts } from '../../core/detection/controls-to-hold';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import { sweepResource } from '../../core/sweeping/sweep-resource';
import type { SweptPlace, SweptTarget, Unreadable } from '../../core/sweeping/swept-place';
import type { Target } from '../../core/target';
import type { ControlParameters, Inventory, PortResult } from '../ports';

/** What a place holds, and what it was held against. */
export interface PlaceAsSwept {
  readonly found: SweptPlace;
  readonly resources: readonly Resource[];
  /** Without EC2.18 where nobody knows which ports it authorizes there. */
  readonly controls: readonly RequestedControl[];
}

/**
 * Reads all groups and network ACLs of an account and Region, and holds them against the controls, EC2.18 with the
 * ports that it authorizes there.
 *
 * @returns a failure when the place cannot be read
 */
export async function sweepPlace(
  place: Place,
  held: readonly RequestedControl[],
  session: string,
  { inventory, parameters }: { readonly inventory: Inventory; readonly parameters: ControlParameters },
): PortResult<PlaceAsSwept> {
  const read = await inventory.readPlace(place, session);
  if (!read.ok) return read;
  const authorized = held.some(({ id }) => id === 'EC2.18')
    ? await parameters.fetchAuthorizedPorts(place, session)
    : success([]);
  if (!authorized.ok && authorized.error.retryable) return authorized;
  const controls = withAuthorizedPorts(held, authorized.ok ? authorized.value : undefined);
  const { resources, notUnderstood } = read.value;
  const { account, region } = place;
  const targets: SweptTarget[] = [];
  const unreadable: Unreadable[] = notUnderstood.map(({ id, reason }) => ({ account, region, target: id, reason }));
  if (!authorized.ok) unreadable.push({ account, region, control: 'EC2.18', reason: authorized.error.cause });
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
  return success({ found: { account, region, securityGroups, networkAcls, targets, unreadable }, resources, controls });
}

function toTarget({ kind, id }: Resource, { partition, account, region }: Place): Target {
  return { kind, partition, account, region, id };
}

/** A place of which nothing is known. */
export function toUnreadPlace({ account, region }: Place, reason: string): SweptPlace {
  return { account, region, securityGroups: 0, networkAcls: 0, targets: [], unreadable: [{ account, region, reason }] };
}
