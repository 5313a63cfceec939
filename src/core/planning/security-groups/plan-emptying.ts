import type { ControlId } from '../../controls/control-id';
import { isDefaultGroup } from '../../network/default-group';
import type { SecurityGroup } from '../../network/security-group-rule';
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
): Omit<SecurityGroupPlan, 'violations'> {
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
): readonly string[] {
  if (ids.length === 0) return [];
  const more = ids.length > INTERFACES_SHOWN ? ', …' : '';
  return [
    `${controls.join(', ')} forbids every rule of the default group, and ${String(ids.length)} network ` +
      `${ids.length === 1 ? 'interface uses' : 'interfaces use'} it (${ids.slice(0, INTERFACES_SHOWN).join(', ')}${more}): ` +
      'emptying it cuts off all their traffic; give them groups of their own first.',
  ];
}

/** What a plan made from a file does not know. */
function remarksOn(group: SecurityGroup, controls: readonly ControlId[]): readonly string[] {
  const unknown = [
    ...(isDefaultGroup(group) === undefined
      ? [
          `The name of the group is not known here: ${controls.join(', ')} is about groups named default, and no others.`,
        ]
      : []),
    ...(group.attachedInterfaceIds === undefined
      ? [
          'Whether network interfaces use the group is not known here: while any does, emptying it is asked about first.',
        ]
      : []),
  ];
  return unknown;
}
