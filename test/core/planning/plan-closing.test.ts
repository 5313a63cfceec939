import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlId, ControlParameter } from '../../../src/core/controls/control-id';
import { parseTargets } from '../../../src/core/network/parse-targets';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { SecurityGroupPlan, SecurityGroupStep } from '../../../src/core/planning/plan';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY, type PlanPolicy } from '../../../src/core/planning/plan-policy';

/**
 * A row of the planner's table. Rules that exist are named by their ids, new ones by their terms; `ask` and `remarks`
 * hold a part of each sentence.
 */
interface Row {
  readonly name: string;
  readonly input: unknown;
  readonly controls: readonly ControlId[];
  readonly parameters?: readonly ControlParameter[];
  readonly policy?: Partial<PlanPolicy>;
  readonly prefixLists?: Readonly<Record<string, readonly string[]>>;
  readonly expected: {
    readonly violations: Readonly<Record<string, 'open' | 'effectively-open'>>;
    readonly steps: readonly string[];
    readonly remaining: readonly string[];
    readonly ask: readonly string[];
    readonly remarks?: readonly string[];
  };
}

const CASES = join(__dirname, '../../cases');

describe.each(readdirSync(CASES).filter((file) => file.endsWith('.json')))('%s', (file) => {
  const rows = JSON.parse(readFileSync(join(CASES, file), 'utf8')) as readonly Row[];

  test.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    const plan = planRow(row);
    const { expected } = row;
    expect(Object.fromEntries(plan.violations.map(({ ruleId, how }) => [ruleId, how]))).toEqual(expected.violations);
    expect(plan.steps.map(stepText)).toEqual(expected.steps);
    expect(plan.remaining.map(ruleText)).toEqual(expected.remaining);
    expect(plan.ask).toEqual(expected.ask.map((part) => expect.stringContaining(part) as unknown));
    if (expected.remarks)
      expect(plan.remarks).toEqual(expected.remarks.map((part) => expect.stringContaining(part) as unknown));
  });
});

function planRow(row: Row): SecurityGroupPlan {
  return planClosing({
    resource: { ...groupOf(row.input), prefixLists: row.prefixLists ?? {} },
    controls: row.controls.map((id) => ({ id, parameters: row.parameters ?? [] })),
    policy: { ...DEFAULT_PLAN_POLICY, ...row.policy },
  });
}

function groupOf(input: unknown): SecurityGroup {
  const targets = parseTargets(input);
  if (!targets.ok) throw new Error(targets.error.message);
  const [target] = targets.value;
  if (target?.kind !== 'security-group') throw new Error('a row is about one security group');
  return target;
}

function stepText({ call, rules }: SecurityGroupStep): string {
  if (call.startsWith('Revoke')) return `revoke ${rules.map(ruleText).join(' ')}`;
  const [first, ...others] = rules.map(ruleText);
  const sources = others.map((text) => text.split(' from ')[1]);
  return ['authorize', first, ...sources].join(' ');
}

function ruleText(rule: SecurityGroupRule): string {
  if (rule.SecurityGroupRuleId !== undefined) return rule.SecurityGroupRuleId;
  const ports = rule.IpProtocol === '-1' ? '' : ` ${String(rule.FromPort)}-${String(rule.ToPort)}`;
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? '';
  const description = rule.Description === undefined ? '' : ` "${rule.Description}"`;
  const tags = (rule.Tags ?? []).map(({ Key, Value }) => ` ${Key}=${Value}`).join('');
  return `${rule.IpProtocol}${ports} from ${source}${description}${tags}`;
}
