import type { ControlId } from '../../controls/control-id';
import { isDefaultGroup } from '../../network/default-group';
import type { SecurityGroup } from '../../network/security-group-rule';
import type { AskReason } from '../../reasons/ask-reasons';
import type { RemarkReason } from '../../reasons/remark-reasons';
import type { UnwordedPlan } from '../plan-in-words';
import type { SecurityGroupPlan } from '../plan';
import { toSteps } from '../plan-steps';

const INTERFACES_SHOWN = 3;

/**
 * Plans to leave a default group without a rule, ingress first. Emptying is one whole: where a person must decide, the
 * steps say about what.
 */
export function planEmptying(
  group: SecurityGroup,
  controls: readonly ControlId[],
): Omit<UnwordedPlan<SecurityGroupPlan>, 'violations'> {
  return {
    steps: toSteps([], group.rules),
    remaining: [],
    ask: group.rules.length === 0 ? [] : askAbout(group, controls),
    remarks: group.rules.length === 0 ? [] : remarksOn(group, controls),
  };
}

function askAbout(
  { attachedInterfaceIds: ids = [] }: SecurityGroup,
  controls: readonly ControlId[],
): readonly AskReason[] {
  if (ids.length === 0) return [];
  const interfaceIds = ids.slice(0, INTERFACES_SHOWN);
  return [{ code: 'default-group-in-use', controls, interfaces: ids.length, interfaceIds }];
}

/** What a plan made from a file does not know. */
function remarksOn(group: SecurityGroup, controls: readonly ControlId[]): readonly RemarkReason[] {
  const remarks: RemarkReason[] = [];
  if (isDefaultGroup(group) === undefined) remarks.push({ code: 'group-name-unknown', controls });
  if (group.attachedInterfaceIds === undefined) remarks.push({ code: 'use-of-group-unknown' });
  return remarks;
}
