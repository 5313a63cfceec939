import type { ControlId } from '../../core/controls/control-id';
import type { NetworkAclEntry } from '../../core/network/network-acl';
import { renderEntry } from '../../core/network/network-acl-entry';
import { renderRule } from '../../core/network/rule-source';
import type { SecurityGroupRule } from '../../core/network/security-group-rule';
import { CALLS } from '../../core/planning/calls';
import { isNetworkAclStep } from '../../core/planning/network-acls/is-network-acl-step';
import type { PlanStep, Violation } from '../../core/planning/plan';
import { printable, type Colors } from '../terminal';

/** One target's plan as `portcullis plan --json` prints it. */
export interface PrintedPlan {
  readonly target: { readonly kind: 'security-group' | 'network-acl'; readonly id: string };
  readonly controls: readonly ControlId[];
  readonly violations: readonly Violation[];
  readonly steps: readonly PlanStep[];
  readonly remaining: readonly (SecurityGroupRule | NetworkAclEntry)[];
  readonly ask: readonly string[];
  readonly remarks: readonly string[];
}

/** The plan for people. Ids come from a file, so that they are made safe for a terminal. */
export function renderPlan(plan: PrintedPlan, { bold, red, yellow, green, dim }: Colors): string {
  const nothing = plan.violations.length === 0 && plan.ask.length === 0;
  const lines = [
    bold(printable(`${plan.target.id} held against ${plan.controls.join(', ') || 'no control'}`)),
    ...(nothing ? [green('  nothing violates: nothing to do')] : []),
    ...plan.violations.map(({ reason }) => `  ${red('violates')}  ${printable(reason)}`),
    ...plan.steps.flatMap(renderStep),
    ...(nothing
      ? []
      : plan.remaining.filter(isIngress).map((rule) => `  ${dim('stays')}     ${printable(renderEither(rule))}`)),
    ...plan.ask.map((reason) => `  ${yellow('ask')}       ${printable(reason)}`),
    ...plan.remarks.map((remark) => `  ${dim('note')}      ${printable(remark)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function renderStep(step: PlanStep): readonly string[] {
  const rules = isNetworkAclStep(step) ? step.rules.map(renderEntry) : step.rules.map(renderRule);
  return rules.map((rule) => `  ${CALLS[step.call].verb.padEnd(9)} ${printable(rule)}`);
}

function isIngress(rule: SecurityGroupRule | NetworkAclEntry): boolean {
  return 'IpProtocol' in rule ? !rule.IsEgress : !rule.Egress;
}

function renderEither(rule: SecurityGroupRule | NetworkAclEntry): string {
  return 'IpProtocol' in rule ? renderRule(rule) : renderEntry(rule);
}
