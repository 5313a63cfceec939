import type { Isolable } from './isolable';
import { sameGroups, type IsolationStep } from './isolation';
import { isolatingGroupsOf } from './plan-isolation';

/** What a target shows of a call: done, not yet, or that somebody has given the interface other groups meanwhile. */
export type Shown = 'effect' | 'no-effect' | 'changed';

/** What a look at the target says of a step that was started. */
export function shownOf(step: IsolationStep, seen: Isolable): Shown {
  switch (step.call) {
    case 'CreateSecurityGroup':
      return isolatingGroupsOf(seen).some(({ vpcId }) => vpcId === step.vpcId) ? 'effect' : 'no-effect';
    case 'RevokeSecurityGroupEgress':
    case 'RevokeSecurityGroupIngress': {
      const group = seen.candidates.find(({ id }) => id === step.groupId);
      const ids = new Set(step.rules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId));
      const stays = group?.rules.some(({ SecurityGroupRuleId }) => ids.has(SecurityGroupRuleId));
      return stays === true ? 'no-effect' : 'effect';
    }
    case 'ModifyNetworkInterfaceAttribute': {
      const now = seen.interfaces.find(({ interfaceId }) => interfaceId === step.interfaceId);
      if (now === undefined) return 'changed';
      if (sameGroups(now.groups, step.groups)) return 'effect';
      return sameGroups(now.groups, step.expected) ? 'no-effect' : 'changed';
    }
  }
}
