import type { NetworkAcl } from '../../../src/core/network/network-acl';
import { entryKey } from '../../../src/core/network/network-acl-entry';
import { permissionKey } from '../../../src/core/network/rule-source';
import type { SecurityGroup, Tag } from '../../../src/core/network/security-group-rule';
import { isNetworkAclStep } from '../../../src/core/planning/network-acls/is-network-acl-step';
import type { NetworkAclStep, SecurityGroupStep } from '../../../src/core/planning/plan';
import { REMEDIATION_TAG } from '../../../src/core/planning/undo/undo-rules';
import type { Resource } from '../../../src/core/resource';
import type { RunbookRun } from '../../../src/flow/ports';

const TAGS_PER_RULE = 50;

/** What the EC2 API would do with a step: the resource afterwards, or the code of the error. */
export function carryOut(
  { step, action, remediationId }: RunbookRun,
  resource: Resource,
  run: number,
): Resource | string {
  if (isNetworkAclStep(step)) {
    if (resource.kind !== 'network-acl') throw new Error('The world holds a security group.');
    return changeEntry(step, resource);
  }
  if (resource.kind !== 'security-group') throw new Error('The world holds a network ACL.');
  // What a closing or a grant adds is marked as ours, as the document's parameters do it.
  const mark = action !== 'undo' ? [{ Key: REMEDIATION_TAG, Value: remediationId }] : [];
  return changeRules(step, resource, mark, run);
}

function changeRules(
  step: SecurityGroupStep,
  group: SecurityGroup,
  mark: readonly Tag[],
  run: number,
): Resource | string {
  const named = new Set(step.rules.map(permissionKey));
  const present = group.rules.filter((rule) => named.has(permissionKey(rule)));
  switch (step.call) {
    case 'RevokeSecurityGroupIngress':
    case 'RevokeSecurityGroupEgress':
      if (present.length < named.size) return 'InvalidPermission.NotFound';
      return { ...group, rules: group.rules.filter((rule) => !named.has(permissionKey(rule))) };
    case 'AuthorizeSecurityGroupIngress':
    case 'AuthorizeSecurityGroupEgress': {
      if (present.length > 0) return 'InvalidPermission.Duplicate';
      const added = step.rules.map((rule, i) => {
        const marked = [...(rule.Tags ?? []), ...mark];
        const Tags = marked.length > TAGS_PER_RULE ? (rule.Tags ?? []) : marked;
        return {
          ...rule,
          SecurityGroupRuleId: `sgr-new${String(run)}-${String(i)}`,
          ...(Tags.length > 0 ? { Tags } : {}),
        };
      });
      return { ...group, rules: [...group.rules, ...added] };
    }
  }
}

function changeEntry({ call, rules: [changed] }: NetworkAclStep, acl: NetworkAcl): Resource | string {
  const others = acl.entries.filter((each) => entryKey(each) !== entryKey(changed));
  const exists = others.length < acl.entries.length;
  if (call === 'CreateNetworkAclEntry' && exists) return 'NetworkAclEntryAlreadyExists';
  if (call !== 'CreateNetworkAclEntry' && !exists) return 'InvalidNetworkAclEntry.NotFound';
  switch (call) {
    case 'DeleteNetworkAclEntry':
      return { ...acl, entries: others };
    case 'CreateNetworkAclEntry':
    case 'ReplaceNetworkAclEntry':
      return { ...acl, entries: [...others, changed] };
  }
}
