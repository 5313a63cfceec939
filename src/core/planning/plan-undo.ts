import type { RunbookRunRecord } from '../ledger/remediation-record';
import type { NetworkAclEntry } from '../network/network-acl';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { Resource } from '../resource';
import { isNetworkAclStep } from './is-network-acl-step';
import type { NetworkAclStep, SecurityGroupStep } from './plan';
import { undoEntries } from './undo-entries';
import { undoRules } from './undo-rules';

/** What would put a closing back, call by call. */
export interface UndoPlan {
  readonly steps: readonly (SecurityGroupStep | NetworkAclStep)[];
  /** What is not put back because somebody changed it since, a sentence each. */
  readonly leftAlone: readonly string[];
  /** The target's rules, or entries, once every step has run. */
  readonly remaining: readonly (SecurityGroupRule | NetworkAclEntry)[];
}

export interface UndoRequest {
  /** The target as it was before the closing. */
  readonly before: Resource;
  /** What the closing ran, in order. */
  readonly runs: readonly Pick<RunbookRunRecord, 'runId' | 'step' | 'end'>[];
  readonly current: Resource;
}

/**
 * Plans what puts a closing back: what it revoked comes back with its sources, ports, descriptions and tags, what it added
 * goes. Nothing is re-opened that somebody else closed or changed since. Made again on the way, it plans what is left.
 */
export function planUndo({ before, runs, current }: UndoRequest): UndoPlan {
  const done = runs.filter(mayHaveTakenEffect).map(({ step }) => step);
  if (before.kind === 'security-group' && current.kind === 'security-group') {
    // `rem-…/0.1`: a run is named for its remediation.
    const remediationId = runs[0]?.runId.split('/')[0] ?? '';
    return undoRules({ before, steps: done.filter(isSecurityGroupStep), current, remediationId });
  }
  if (before.kind === 'network-acl' && current.kind === 'network-acl') {
    return undoEntries(done.filter(isNetworkAclStep), before, current);
  }
  throw new Error(`A ${current.kind} cannot be put back as the ${before.kind} ${before.id}.`);
}

/** A run that failed changed nothing; one whose end is not known may have, and then the rules tell. */
function mayHaveTakenEffect({ end }: Pick<RunbookRunRecord, 'end'>): boolean {
  return end !== 'failed' && end !== 'rules-changed';
}

function isSecurityGroupStep(step: SecurityGroupStep | NetworkAclStep): step is SecurityGroupStep {
  return !isNetworkAclStep(step);
}
