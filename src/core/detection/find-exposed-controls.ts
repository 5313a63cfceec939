import type { ControlId, RequestedControl } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import { isDefaultGroup } from '../network/default-group';
import { planClosing } from '../planning/plan-closing';
import type { Violation } from '../planning/plan';
import { DEFAULT_PLAN_POLICY } from '../planning/plan-policy';
import type { Resource } from '../resource';

/** How a target stands with one control. */
export interface ControlStatus {
  readonly control: ControlId;
  /** Empty when the control passes, or when that cannot be told. */
  readonly violations: readonly Violation[];
  /** What could not be read may hide a violation. */
  readonly isClear: boolean;
}

/** Holds a target against those of the controls that are about it, by the same planner that would close it. */
export function findExposedControls(resource: Resource, controls: readonly ControlId[]): readonly ControlStatus[] {
  return controls
    .filter((id) => isAbout(id, resource))
    .map((id) => findExposedControl(resource, { id, parameters: [] }));
}

/** Holds a target against one control, with its parameters. */
export function findExposedControl(resource: Resource, control: RequestedControl): ControlStatus {
  const { violations, ask } = planClosing({ resource, controls: [control], policy: DEFAULT_PLAN_POLICY });
  return { control: control.id, violations, isClear: ask.length === 0 };
}

/** Whether a control says anything about a resource. */
export function isAbout(id: ControlId, resource: Resource): boolean {
  const kind = controlOf(id).resource;
  if (resource.kind === 'network-acl') return kind === 'network-acl' && !resource.isDefault;
  return kind === 'security-group' || (kind === 'default-security-group' && isDefaultGroup(resource) === true);
}
