import type { Plan } from '../planning/plan';
import type { Resource } from '../resource';
import { success } from '../result';
import type { Target } from '../target';
import type { Context } from './context';
import { cutOffBy } from './cut-off';
import { known, unknown } from './fact';
import type { Surroundings } from './surroundings';
import { toAttached } from './to-attached';
import { toManagedBy } from './to-managed-by';
import { toOpenedBy } from './to-opened-by';
import { toOtherWayIn } from './to-other-way-in';
import { toOwner } from './to-owner';
import { toReachable } from './to-reachable';

/** All that is known about a target, from it, the plan to close it, and what was read around it. */
export function toContext(target: Target, resource: Resource, plan: Plan, around: Surroundings): Context {
  const { instances } = around;
  const attachedTags = instances.ok ? success(instances.value.flatMap(({ tags }) => tags)) : instances;
  const cut = cutOffBy(plan, resource);
  const openedBy = toOpenedBy(plan, resource, around.trail);
  return {
    attached: toAttached(target, around, resource.vpcId),
    reachable: toReachable(target, cut, around),
    used: unknown('flow logs are read only where a person or an entry of the policy asks'),
    otherWayIn: toOtherWayIn(target, cut, plan, resource, around),
    openedBy,
    managedBy: toManagedBy({
      tags: resource.tags,
      openedBy,
      ...(resource.kind === 'security-group' ? { name: resource.name } : {}),
    }),
    owner: toOwner(resource.tags, attachedTags),
    account: around.account.ok ? known(around.account.value, 'Organizations') : unknown(around.account.error),
  };
}
