import type { Result } from '../result';
import type { NetworkAcl } from './network-acl';
import { parseNetworkAcls } from './parse-network-acls';
import { parseSecurityGroupRules, parseSecurityGroups } from './parse-security-groups';
import { isFields, type Fields } from './read-field';
import { ruleProblem, type RuleProblem } from './rule-problem';
import type { SecurityGroup } from './security-group-rule';

const PARSERS: Readonly<
  Record<string, (output: Fields) => Result<readonly (SecurityGroup | NetworkAcl)[], RuleProblem>>
> = {
  SecurityGroupRules: parseSecurityGroupRules,
  SecurityGroups: parseSecurityGroups,
  NetworkAcls: parseNetworkAcls,
};

/** The JSON that the AWS CLI prints for security groups, their rules or network ACLs; targets come in input order. */
export function parseTargets(output: unknown): Result<readonly (SecurityGroup | NetworkAcl)[], RuleProblem> {
  const fields = isFields(output) ? output : {};
  const parser = Object.entries(PARSERS).find(([name]) => fields[name] !== undefined)?.[1];
  if (parser !== undefined) return parser(fields);
  return ruleProblem(
    'unknown-shape',
    '',
    undefined,
    `holds none of ${Object.keys(PARSERS).join(', ')}; give what the AWS CLI prints for describe-security-group-rules, describe-security-groups or describe-network-acls`,
  );
}
