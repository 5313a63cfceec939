import type { ControlId, RequestedControl } from '../../core/controls/control-id';
import { controlOf } from '../../core/controls/control-registry';
import { isDefaultGroup } from '../../core/network/default-group';
import type { RemarkReason } from '../../core/reasons/remark-reasons';
import type { Resource } from '../../core/resource';

/** Which of the controls on a command line are about a target, and a remark on each target that none is about. */
export interface ControlsForTarget {
  readonly controls: readonly RequestedControl[];
  readonly remarks: readonly RemarkReason[];
}

/** Kept by list, since the planner reads a list once and a file may hold a hundred thousand targets. */
const known = new WeakMap<readonly RequestedControl[], Map<string, ControlsForTarget>>();

/**
 * Leaves out controls that say nothing about a kind of target: a list for a whole file names controls of both kinds,
 * and nobody has to decide there. A finding that pairs them wrongly is another matter, and asks.
 */
export function controlsFor(target: Resource, controls: readonly RequestedControl[]): ControlsForTarget {
  const kind = kindOf(target);
  const byKind = known.get(controls) ?? new Map<string, ControlsForTarget>();
  known.set(controls, byKind);
  const found = byKind.get(kind) ?? select(kind, controls);
  byKind.set(kind, found);
  return found;
}

type Kind = 'a network ACL' | 'a default security group' | 'a security group' | 'a security group of unknown name';

function kindOf(target: Resource): Kind {
  if (target.kind === 'network-acl') return 'a network ACL';
  const isDefault = isDefaultGroup(target);
  if (isDefault === undefined) return 'a security group of unknown name';
  return isDefault ? 'a default security group' : 'a security group';
}

function select(kind: Kind, controls: readonly RequestedControl[]): ControlsForTarget {
  const isAbout = (id: ControlId): boolean => {
    switch (controlOf(id).resource) {
      case 'network-acl':
        return kind === 'a network ACL';
      case 'default-security-group':
        return kind === 'a default security group' || kind === 'a security group of unknown name';
      case 'security-group':
        return kind !== 'a network ACL';
      case 'security-group-or-network-acl':
        return true;
    }
  };
  const about = controls.filter(({ id }) => isAbout(id));
  if (about.length > 0) return { controls: about, remarks: [] };
  const ids = controls.map(({ id }) => id);
  return { controls: about, remarks: [{ code: 'no-control-about-target', target: kind, controls: ids }] };
}
