import { isNetworkAclStep } from '../../../src/core/planning/network-acls/is-network-acl-step';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { REMEDIATION_TAG } from '../../../src/core/planning/undo/undo-rules';
import type { Resource } from '../../../src/core/resource';
import type { RunbookRun } from '../../../src/flow/ports';
import { applyStep } from '../../oracle/ec2';
import { applyEntryStep } from '../../oracle/network-acl';

const TAGS_PER_RULE = 50;

/** What the EC2 API would do with a step: the resource afterwards, or the code of the error. */
export function carryOut(run: RunbookRun, resource: Resource, count: number): Resource | string {
  try {
    return change(run, resource, count);
  } catch (error) {
    const code = error instanceof Error ? /^(Invalid|NetworkAcl)[\w.]+/.exec(error.message)?.[0] : undefined;
    if (code === undefined) throw error;
    return code;
  }
}

function change({ step, action, remediationId }: RunbookRun, resource: Resource, count: number): Resource {
  if (isNetworkAclStep(step)) {
    if (resource.kind !== 'network-acl') throw new Error('The world holds a security group.');
    return { ...resource, entries: applyEntryStep(resource.entries, step) };
  }
  if (resource.kind !== 'security-group') throw new Error('The world holds a network ACL.');
  // What a closing or a grant adds is marked as ours, as the document's parameters do it.
  const isMarked = action !== 'undo' && step.rules.every(({ Tags = [] }) => Tags.length < TAGS_PER_RULE);
  const mark = isMarked ? { Key: REMEDIATION_TAG, Value: remediationId } : undefined;
  return { ...resource, rules: applyStep(resource.rules, step, mark).map(withIdOf(count)) };
}

/** EC2 gives ids to rules that are new. */
function withIdOf(count: number): (rule: SecurityGroupRule, index: number) => SecurityGroupRule {
  return (rule, index) =>
    rule.SecurityGroupRuleId === undefined
      ? { ...rule, SecurityGroupRuleId: `sgr-new${String(count)}-${String(index)}` }
      : rule;
}
