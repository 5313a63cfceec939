import type { ControlId, ControlParameter, RequestedControl } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import { isDefaultGroup } from '../network/default-group';
import { planClosing } from '../planning/plan-closing';
import type { Violation } from '../planning/plan';
import { DEFAULT_PLAN_POLICY } from '../planning/plan-policy';
import type { Resource } from '../resource';

/** How a target stands with one control. */
export interface ControlStatus {
  readonly control: ControlId;
  /** That it was held against. */
  readonly parameters: readonly ControlParameter[];
  /** Empty when the control passes, or when that cannot be determined. */
  readonly violations: readonly Violation[];
  /** What could not be read may hide a violation. */
  readonly isClear: boolean;
}

/** Holds a target against those of the controls that are about it, by the same planner that would close it. */
export function findExposedControls(
  resource: Resource,
  controls: readonly RequestedControl[],
): readonly ControlStatus[] {
  return controls.filter(({ id }) => isAbout(id, resource)).map((control) => findExposedControl(resource, control));
}

/** Holds a target against one control, with its parameters. */
export function findExposedControl(resource: Resource, control: RequestedControl): ControlStatus {
  const { violations, ask } = planClosing({ resource, controls: [control], policy: DEFAULT_PLAN_POLICY });
  return { control: control.id, parameters: control.parameters, violations, isClear: ask.length === 0 };
}

/** Whether a control says anything about a resource. */
export function isAbout(id: ControlId, resource: Resource): boolean {
  const kind = controlOf(id).resource;
  const isAcl = resource.kind === 'network-acl';
  switch (kind) {
    case 'network-acl':
      return isAcl && !resource.isDefault;
    case 'security-group-or-network-acl':
      return !isAcl || !resource.isDefault;
    case 'security-group':
      return !isAcl;
    case 'default-security-group':
      return !isAcl && isDefaultGroup(resource) === true;
  }
}
