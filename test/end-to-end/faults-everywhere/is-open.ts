import type { ControlId } from '../../../src/core/controls/control-id';
import { violatingRules } from '../../oracle/forbidden';
import { isViolating } from '../../oracle/network-acl';
import { fetchEntries, fetchRules, type Target } from './ec2-snapshot';
import type { Stage } from './stage';

/** Whether the control fails by what EC2 holds now: judged by the oracle, which knows nothing of the planner. */
export async function isOpen(stage: Stage, target: Target, control: string): Promise<boolean> {
  if (target.kind === 'network-acl') return (await fetchEntries(stage, target)).some((entry) => isViolating(entry));
  const rules = await fetchRules(stage, target);
  if (control === 'EC2.2') return rules.length > 0;
  const group = { kind: 'security-group', id: target.id, name: '', tags: [], rules, prefixLists: {} } as const;
  return violatingRules(group, [{ id: control as ControlId, parameters: [] }]).size > 0;
}
