import type { Tag } from '../network/security-group-rule';
import type { Plan } from '../planning/plan';
import type { Resource } from '../resource';
import { failure, success, type Result } from '../result';
import type { Target } from '../target';
import type { Context } from './context';
import { blockedBy } from './blocked-traffic';
import { known, unknown } from './fact';
import { hiddenVpc, unshownInstance } from './hidden-vpc';
import type { Surroundings } from './surroundings';
import { toAttached } from './to-attached';
import { toManagedBy } from './to-managed-by';
import { toOpenedBy, type HadMade } from './to-opened-by';
import { toOtherWayIn } from './to-other-way-in';
import { toOwner } from './to-owner';
import { toReachable } from './to-reachable';

/**
 * All that is known about a target, from it, the plan to close it, and what was read around it.
 *
 * @param hadMade who had runbooks of ours make what violates
 */
export function toContext(
  target: Target,
  resource: Resource,
  plan: Plan,
  around: Surroundings,
  hadMade?: HadMade,
): Context {
  const blocked = blockedBy(plan, resource);
  const openedBy = toOpenedBy(plan, resource, around.trail, hadMade);
  return {
    attached: toAttached(target, around, resource.vpcId),
    reachable: toReachable(target, blocked, around),
    used: unknown('flow logs are read only where a person or an entry of the policy asks'),
    otherWayIn: toOtherWayIn(target, blocked, plan, resource, around),
    openedBy,
    managedBy: toManagedBy({
      tags: resource.tags,
      openedBy,
      ...(resource.kind === 'security-group' ? { name: resource.name } : {}),
    }),
    owner: toOwner(resource.tags, tagsOfInstances(target, around)),
    account: around.account.ok ? known(around.account.value, 'Organizations') : unknown(around.account.error),
  };
}

/** Of each that is attached and not gone; the error says why there may be others. */
function tagsOfInstances(target: Target, around: Surroundings): Result<readonly (readonly Tag[])[], string> {
  const { instances } = around;
  if (!instances.ok) return instances;
  const unseen = unshownInstance(around) ?? hiddenVpc(target, around);
  if (unseen !== undefined) return failure(unseen);
  return success(instances.value.filter(({ state }) => state !== 'terminated').map(({ tags }) => tags));
}
