import type { GrantOver } from '../../grants/grant-over';
import { mayHaveTakenEffect } from '../../ledger/may-have-taken-effect';
import type { EffectiveRun } from '../../ledger/runs-in-effect';
import type { NetworkAclEntry } from '../../network/network-acl';
import { isEntry } from '../../network/network-acl-entry';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import type { Resource } from '../../resource';
import { isNetworkAclStep } from '../network-acls/is-network-acl-step';
import type { NetworkAclStep, SecurityGroupStep } from '../plan';
import { withoutTakenBack } from './own-additions';
import { toEntryRun, undoEntries } from './undo-entries';
import type { UndoPlan } from './undo-plan';
import { undoRules } from './undo-rules';

type UndoableRun = Pick<EffectiveRun, 'runId' | 'step' | 'end' | 'isUndone' | 'replaced'>;

export interface UndoRequest {
  /** The target as it was before the closing. */
  readonly before: Resource;
  /** What the closing ran, in order. */
  readonly runs: readonly UndoableRun[];
  readonly current: Resource;
  /** What was open at some time after the closing, where that is known: what of it is not open now was closed since. */
  readonly openLater?: readonly (SecurityGroupRule | NetworkAclEntry)[];
  /** Grants of the target that are over. */
  readonly grantsOver?: readonly GrantOver[];
}

/**
 * Plans what puts a closing back: what it revoked comes back with its sources, ports, descriptions and tags, what it
 * added goes. Nothing is re-opened that somebody else closed or changed since. Made again on the way, it plans what is
 * left.
 */
export function planUndo({ before, runs, current, openLater = [], grantsOver = [] }: UndoRequest): UndoPlan {
  const done = withoutTakenBack(runs).filter(mayHaveTakenEffect);
  if (before.kind === 'security-group' && current.kind === 'security-group') {
    // `rem-…/0.1`: a run is named for its remediation.
    const remediationId = runs[0]?.runId.split('/')[0] ?? '';
    const steps = done.map(({ step }) => step).filter(isSecurityGroupStep);
    const rules = openLater.flatMap((rule) => (isEntry(rule) ? [] : [rule]));
    return undoRules({ before, steps, current, remediationId, openLater: rules, grantsOver });
  }
  if (before.kind === 'network-acl' && current.kind === 'network-acl') {
    const entries = openLater.filter(isEntry);
    return undoEntries({
      ran: runs.filter(mayHaveTakenEffect).flatMap(toEntryRun),
      runs: done.flatMap(toEntryRun),
      before,
      current,
      openLater: entries,
    });
  }
  throw new Error(`A ${current.kind} cannot be put back as the ${before.kind} ${before.id}.`);
}

function isSecurityGroupStep(step: SecurityGroupStep | NetworkAclStep): step is SecurityGroupStep {
  return !isNetworkAclStep(step);
}
