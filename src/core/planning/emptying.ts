import type { ControlId } from '../controls/control-id';
import type { SecurityGroup } from '../network/security-group-rule';

/** EC2 names a VPC's default group so, and lets no other group have the name. */
const DEFAULT_GROUP_NAME = 'default';

const INTERFACES_SHOWN = 3;

/** Why a person must decide whether a default group may be emptied; empty when nothing hangs on it. */
export function askAboutEmptying(
  { name, rules, attachedInterfaceIds = [] }: SecurityGroup,
  controls: readonly ControlId[],
): readonly string[] {
  if (rules.length === 0) return [];
  const objecting = controls.join(', ');
  if (name !== DEFAULT_GROUP_NAME) {
    return [`${objecting} is about default security groups, and this one is named "${name}".`];
  }
  if (attachedInterfaceIds.length === 0) return [];
  const shown = attachedInterfaceIds.slice(0, INTERFACES_SHOWN).join(', ');
  const more = attachedInterfaceIds.length > INTERFACES_SHOWN ? ', …' : '';
  return [
    `${objecting} forbids every rule of the default group, and ${String(attachedInterfaceIds.length)} network ` +
      `${attachedInterfaceIds.length === 1 ? 'interface uses' : 'interfaces use'} it (${shown}${more}): emptying it cuts ` +
      'off all their traffic; give them groups of their own first.',
  ];
}

/** What a plan made without a look at the network interfaces does not know. */
export function remarkOnEmptying({ rules, attachedInterfaceIds }: SecurityGroup): readonly string[] {
  if (rules.length === 0 || attachedInterfaceIds !== undefined) return [];
  return [
    'Whether network interfaces use the group is not known here: while any does, emptying it is asked about first.',
  ];
}
