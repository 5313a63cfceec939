import type { Plan } from '../planning/plan';
import type { Resource } from '../resource';
import type { Target } from '../target';
import type { Context } from './context';
import { cutOffBy } from './cut-off';
import { unknown } from './fact';
import type { Surroundings } from './surroundings';
import { toAttached } from './to-attached';
import { toManagedBy } from './to-managed-by';
import { toOwner } from './to-owner';
import { toReachable } from './to-reachable';

/** All that is known about a target, from it, the plan to close it, and what was read around it. */
export function toContext(target: Target, resource: Resource, plan: Plan, around: Surroundings): Context {
  const attachedTags = around.instances.ok ? around.instances.value.flatMap(({ tags }) => tags) : [];
  return {
    attached: toAttached(target, around, resource.vpcId),
    reachable: toReachable(target, cutOffBy(plan, resource), around),
    used: unknown('flow logs are not read by this version'),
    otherWayIn: unknown('other ways in are not read by this version'),
    openedBy: unknown('CloudTrail is not read by this version'),
    managedBy: toManagedBy({
      tags: resource.tags,
      ...(resource.kind === 'security-group' ? { name: resource.name } : {}),
    }),
    owner: toOwner(resource.tags, attachedTags),
    account: unknown('Organizations is not read by this version'),
  };
}
