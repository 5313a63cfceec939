import { CONTROL_IDS, type ControlId, type RequestedControl } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import { renderRule } from '../network/rule-source';
import type { SecurityGroup } from '../network/security-group-rule';
import type { RemarkReason } from '../reasons/remark-reasons';
import { findViolations } from './security-groups/find-violations';
import { toProhibitions } from './prohibition';

const PORT_CONTROLS: readonly ControlId[] = CONTROL_IDS.filter((id) => controlOf(id).kind === 'internet-ports');

const ALL_PROHIBITIONS = toProhibitions(PORT_CONTROLS.map((id) => ({ id, parameters: [] })));

/** Which controls that are not requested would fail on a group. EC2.18 is taken with its default ports. */
export function remarksOn(group: SecurityGroup, controls: readonly RequestedControl[]): readonly RemarkReason[] {
  const { violations } = findViolations(group, ALL_PROHIBITIONS);
  if (violations.length === 0) return [];
  return PORT_CONTROLS.filter((id) => !controls.some((control) => control.id === id)).flatMap((id) => {
    const rules = violations.filter((violation) => violation.controls.includes(id)).map(({ rule }) => renderRule(rule));
    if (rules.length === 0) return [];
    return [{ code: 'control-would-object', control: id, byDefaultParameters: id === 'EC2.18', rules }];
  });
}
