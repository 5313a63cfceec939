import { success, type Result } from '../result';
import type { NetworkAcl } from './network-acl';
import { parseNetworkAcl } from './parse-network-acls';
import { parseSecurityGroup, parseSecurityGroupRules } from './parse-security-groups';
import { isFields, readList, type Fields } from './read-field';
import { ruleProblem, within, type RuleProblem } from './rule-problem';
import type { SecurityGroup } from './security-group-rule';

type FileTarget = SecurityGroup | NetworkAcl;

/** Lists of the AWS CLI's output whose elements are targets, each by itself. */
const TARGETS: Readonly<Record<string, (element: Fields) => Result<FileTarget, RuleProblem>>> = {
  SecurityGroups: parseSecurityGroup,
  NetworkAcls: parseNetworkAcl,
};

/** The list whose elements are rules of any number of groups, in any order. */
export const RULE_LIST = 'SecurityGroupRules';

export const TARGET_LISTS: readonly string[] = Object.keys(TARGETS);

/** The JSON that the AWS CLI prints for security groups, their rules or network ACLs; targets come in input order. */
export function parseTargets(output: unknown): Result<readonly FileTarget[], RuleProblem> {
  const fields = isFields(output) ? output : {};
  const targets: FileTarget[] = [];
  let known = false;
  for (const [list, parse] of Object.entries(TARGETS)) {
    if (fields[list] === undefined) continue;
    known = true;
    const parsed = readList(fields, list, parse);
    if (!parsed.ok) return parsed;
    targets.push(...parsed.value);
  }
  if (fields[RULE_LIST] !== undefined) {
    const groups = parseSecurityGroupRules(fields);
    return groups.ok ? success([...targets, ...groups.value]) : groups;
  }
  return known ? success(targets) : unknownShape();
}

/** One element of one of the `TARGET_LISTS`, so that long lists need not be held at once. */
export function parseTarget(list: string, index: number, element: unknown): Result<FileTarget, RuleProblem> {
  const field = `${list}[${String(index)}]`;
  const parse = TARGETS[list];
  if (parse === undefined) return unknownShape();
  if (!isFields(element)) {
    return ruleProblem('wrong-type', field, element, 'is not an object; give what the AWS CLI prints');
  }
  const parsed = parse(element);
  return parsed.ok ? parsed : within(field, parsed.error);
}

function unknownShape(): Result<never, RuleProblem> {
  return ruleProblem(
    'unknown-shape',
    '',
    undefined,
    `holds none of ${[RULE_LIST, ...TARGET_LISTS].join(', ')}; give what the AWS CLI prints for describe-security-group-rules, describe-security-groups or describe-network-acls`,
  );
}
