import type { IsolationReason } from '../reasons/isolation-reasons';
import type { SecurityGroup, SecurityGroupRule, Tag } from '../network/security-group-rule';
import type { Isolable, SeenInterface } from './isolable';
import {
  sameGroups,
  type EmptyGroup,
  type InterfaceGroups,
  type IsolatingGroup,
  type IsolationStep,
} from './isolation';
import { DENY, ISOLATING_TAG, type IsolationTerms } from './isolation-terms';

/** What is to be done about a target as it is. */
export type IsolationPlan =
  | { readonly kind: 'refuse'; readonly reason: IsolationReason }
  /** What can be done at once; what follows is planned once that shows. */
  | { readonly kind: 'run'; readonly steps: readonly [IsolationStep, ...IsolationStep[]] }
  /** Nothing is left that may be done. */
  | { readonly kind: 'done'; readonly isolated: readonly SeenInterface[]; readonly left: readonly SeenInterface[] };

/**
 * The next calls of an isolation. The isolating group of every VPC comes first, then that it is empty, and the
 * interfaces only then: whatever breaks off in between leaves a target that is reachable as before, or less.
 */
export function planIsolation(seen: Isolable, terms: IsolationTerms): IsolationPlan {
  const reason = reasonToRefuse(seen, terms);
  if (reason !== undefined) return { kind: 'refuse', reason };
  const ours = isolatingGroupsOf(seen);
  const isolated = seen.interfaces.filter((one) => isIsolatedBy(one, ours));
  const others = seen.interfaces.filter((one) => !isolated.includes(one));
  const left = others.filter(({ managedBy }) => managedBy !== undefined);
  const open = others.filter(({ managedBy }) => managedBy === undefined);
  const vpcIds = [...new Set([...open, ...isolated].map(({ vpcId }) => vpcId))];
  const missing = vpcIds.filter((vpcId) => !ours.some((group) => group.vpcId === vpcId));
  const made = missing.map((vpcId) => ({ call: 'CreateSecurityGroup', vpcId, name: terms.groupName }) as const);
  const emptied = ours.filter(({ vpcId }) => vpcIds.includes(vpcId)).flatMap(toEmptying);
  const replaced = open.flatMap(({ interfaceId, vpcId, groups }) => {
    const isolating = ours.find((group) => group.vpcId === vpcId);
    if (isolating === undefined) return [];
    const call = 'ModifyNetworkInterfaceAttribute' as const;
    return [{ call, interfaceId, expected: groups, groups: [isolating.id] }];
  });
  for (const [step, ...more] of [made, emptied, replaced] as readonly (readonly IsolationStep[])[]) {
    if (step !== undefined) return { kind: 'run', steps: [step, ...more] };
  }
  return { kind: 'done', isolated, left };
}

function reasonToRefuse(seen: Isolable, { guardTag, groupName }: IsolationTerms): IsolationReason | undefined {
  const guarded = [
    { id: seen.id, tags: seen.tags },
    ...seen.interfaces.map(({ interfaceId, tags }) => ({ id: interfaceId, tags })),
    ...seen.around,
  ].find(({ tags }) => tags.some((tag) => isDenial(tag, guardTag)));
  if (guarded !== undefined) return { code: 'isolation-guarded', tag: guardTag, on: guarded.id };
  if (seen.interfaces.length === 0) return { code: 'isolation-without-interfaces', id: seen.id };
  const [managed] = seen.interfaces;
  if (managed?.managedBy !== undefined && seen.interfaces.every(({ managedBy }) => managedBy !== undefined)) {
    return { code: 'isolation-interface-managed', id: managed.interfaceId, by: managed.managedBy };
  }
  const vpcIds = new Set(seen.interfaces.map(({ vpcId }) => vpcId));
  const foreign = seen.candidates.find((group) => vpcIds.has(group.vpcId ?? '') && !isOurs(group));
  return foreign && { code: 'isolating-group-of-others', name: groupName, id: foreign.id };
}

function isDenial({ Key, Value }: Tag, guardTag: string): boolean {
  return Key === guardTag && Value.trim().toLowerCase() === DENY;
}

/** The tag is given as the group is made, and only then: our role may give it to nothing else. */
function isOurs({ name, tags }: SecurityGroup): boolean {
  return tags.some(({ Key, Value }) => Key === ISOLATING_TAG && Value === name);
}

/** Our own groups of the VPCs of a target, empty or not. */
export function isolatingGroupsOf({ candidates }: Pick<Isolable, 'candidates'>): readonly IsolatingGroup[] {
  return candidates.filter(isOurs).map(({ id, vpcId = '', rules }: SecurityGroup) => ({ id, vpcId, rules }));
}

/** Whether an interface has an isolating group, and no other. That this is empty is judged for itself. */
export function isIsolatedBy({ groups, vpcId }: InterfaceGroups, isolating: readonly IsolatingGroup[]): boolean {
  return isolating.some((group) => group.vpcId === vpcId && sameGroups(groups, [group.id]));
}

/** As many sources as one run takes in each direction, by protocol and ports. */
const RULES_A_RUN = 50;

function toEmptying({ id: groupId, rules }: IsolatingGroup): readonly EmptyGroup[] {
  const byTraffic = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const { IsEgress, IpProtocol, FromPort = -1, ToPort = -1 } = rule;
    const key = JSON.stringify([IsEgress, IpProtocol, FromPort, ToPort]);
    byTraffic.set(key, [...(byTraffic.get(key) ?? []), rule]);
  }
  return [...byTraffic.values()].map((some) => ({
    call: some[0]?.IsEgress === true ? 'RevokeSecurityGroupEgress' : 'RevokeSecurityGroupIngress',
    groupId,
    rules: some.slice(0, RULES_A_RUN),
  }));
}
