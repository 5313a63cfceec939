import type { RequestedControl } from '../../controls/control-id';
import { canonicalCidr } from '../../network/cidr';
import { isOpenSource } from '../../network/internet';
import { renderRule } from '../../network/rule-source';
import type { SecurityGroup, SecurityGroupRule } from '../../network/security-group-rule';
import type { AskReason } from '../../reasons/ask-reasons';
import { findViolations, type RuleViolation } from './find-violations';
import type { PlanPolicy } from '../plan-policy';
import type { Prohibitions } from '../prohibition';
import { replacementsOf, toStayingOpen } from './replacement-rules';

/** A violating rule, and the rules that take its place; none when it simply goes. */
export interface Replacement {
  readonly rule: SecurityGroupRule;
  readonly by: readonly SecurityGroupRule[];
}

interface ReplacementRequest {
  readonly group: SecurityGroup;
  readonly violations: readonly RuleViolation[];
  readonly prohibitions: Prohibitions;
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
}

interface PlannedReplacements {
  readonly replacements: readonly Replacement[];
  /** What a person must decide first; then nothing is replaced. */
  readonly ask: readonly AskReason[];
}

/** Decides for each violating rule what takes its place, under the policy's strategy. */
export function planReplacements(request: ReplacementRequest): PlannedReplacements {
  const { group, prohibitions, controls, policy } = request;
  const violations = request.violations.filter(({ blocks }) => blocks.length > 0);
  if (violations.length === 0) return { replacements: [], ask: [] };
  if (policy.strategy === 'restrict' && policy.trustedSources === undefined) {
    return nothingBut({ code: 'trusted-sources-missing' });
  }
  const stayingOpen = toStayingOpen(controls, policy);
  const replacements: Replacement[] = [];
  const ask: AskReason[] = [];
  for (const violation of violations) {
    const others = otherEntriesOf(violation, group);
    if (isTrusted(violation.rule, policy)) continue;
    if (others.length > 0 && policy.expandPrefixLists !== true) ask.push(prefixListQuestion(violation, others.length));
    else
      replacements.push({
        rule: violation.rule,
        by: replacementsOf(violation, others, stayingOpen, prohibitions, policy),
      });
  }
  // Rules that cover the internet together belong to one another: with one of them waiting, the others do too.
  if (ask.length > 0) return { replacements: [], ask };
  if (policy.strategy === 'restrict' && violates(group, replacements, prohibitions)) {
    return nothingBut({ code: 'trusted-sources-cover-internet' });
  }
  return { replacements, ask: [] };
}

/** Whether `restrict` has nothing to take from a rule, because its source is a trusted one. */
function isTrusted(rule: SecurityGroupRule, { strategy, trustedSources }: PlanPolicy): boolean {
  const cidr = rule.CidrIpv4 ?? rule.CidrIpv6;
  return (
    strategy === 'restrict' &&
    cidr !== undefined &&
    !isOpenSource(cidr) &&
    trustedSources?.cidrs.some((trusted) => canonicalCidr(trusted) === canonicalCidr(cidr)) === true
  );
}

/** Whether something violates though everything was replaced, as trusted sources can bring about. */
function violates(group: SecurityGroup, replacements: readonly Replacement[], prohibitions: Prohibitions): boolean {
  const replaced = new Set(replacements.map(({ rule }) => rule));
  const rules = [...group.rules.filter((rule) => !replaced.has(rule)), ...replacements.flatMap(({ by }) => by)];
  return findViolations({ ...group, rules }, prohibitions).violations.some(({ blocks }) => blocks.length > 0);
}

function nothingBut(question: AskReason): PlannedReplacements {
  return { replacements: [], ask: [question] };
}

function prefixListQuestion({ rule, blocks }: RuleViolation, others: number): AskReason {
  const open = [...new Set(blocks.map((block) => block.cidr))];
  return { code: 'prefix-list-holds-others', rule: renderRule(rule), open, others };
}

/** The entries of a violating rule's prefix list that no control objects to. */
function otherEntriesOf({ rule, blocks }: RuleViolation, group: SecurityGroup): readonly string[] {
  if (rule.PrefixListId === undefined) return [];
  const violating = new Set(blocks.map((block) => block.cidr));
  return [...new Set(group.prefixLists[rule.PrefixListId] ?? [])].filter((cidr) => !violating.has(cidr));
}
