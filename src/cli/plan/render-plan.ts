import type { ControlId } from '../../core/controls/control-id';
import type { NetworkAclEntry } from '../../core/network/network-acl';
import { renderEntry } from '../../core/network/network-acl-entry';
import { renderRule } from '../../core/network/rule-source';
import type { SecurityGroupRule } from '../../core/network/security-group-rule';
import type { PlanStep, Violation } from '../../core/planning/plan';
import { changesOfPlan } from '../../core/planning/step-changes';
import { withRuleId, wordChange, type WordedChange } from '../../core/planning/word-change';
import type { Reason } from '../../core/reasons/reason';
import type { Resource } from '../../core/resource';
import { printable, type Colors } from '../terminal';

/** One target's plan as `portcullis plan --json` prints it. */
export interface PrintedPlan {
  readonly target: { readonly kind: 'security-group' | 'network-acl'; readonly id: string };
  readonly controls: readonly ControlId[];
  readonly violations: readonly Violation[];
  readonly steps: readonly PlanStep[];
  readonly remaining: readonly (SecurityGroupRule | NetworkAclEntry)[];
  readonly ask: readonly string[];
  readonly askReasons?: readonly Reason[];
  readonly remarks: readonly string[];
  readonly remarkReasons?: readonly Reason[];
}

/**
 * The plan for people. Ids come from a file, so that they are made safe for a terminal.
 *
 * @param target as it is before the plan: it knows what an entry says that would be replaced
 */
export function renderPlan(plan: PrintedPlan, target: Resource, { bold, red, yellow, green, dim }: Colors): string {
  const nothing = plan.violations.length === 0 && plan.ask.length === 0;
  const lines = [
    bold(printable(`${plan.target.id} held against ${plan.controls.join(', ') || 'no control'}`)),
    ...(nothing ? [green('  nothing violates: nothing to do')] : []),
    ...plan.violations.map(({ reason }) => `  ${red('violates')}  ${printable(reason)}`),
    ...changesOfPlan(plan.steps, target).map(wordChange).map(renderChange),
    ...(nothing
      ? []
      : plan.remaining.filter(isIngress).map((rule) => `  ${dim('stays')}     ${printable(renderEither(rule))}`)),
    ...plan.ask.map((reason) => `  ${yellow('ask')}       ${printable(reason)}`),
    ...plan.remarks.map((remark) => `  ${dim('note')}      ${printable(remark)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function renderChange(change: WordedChange): string {
  return `  ${change.verb.padEnd(9)} ${printable(withRuleId(change))}`;
}

function isIngress(rule: SecurityGroupRule | NetworkAclEntry): boolean {
  return 'IpProtocol' in rule ? !rule.IsEgress : !rule.Egress;
}

function renderEither(rule: SecurityGroupRule | NetworkAclEntry): string {
  return 'IpProtocol' in rule ? renderRule(rule) : renderEntry(rule);
}
