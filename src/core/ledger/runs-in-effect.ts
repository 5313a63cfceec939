import { entryKey } from '../network/network-acl-entry';
import { permissionKey } from '../network/rule-source';
import { isNetworkAclStep } from '../planning/network-acls/is-network-acl-step';
import type { PlanStep } from '../planning/plan';
import type { RemediationRecord, RunbookRunRecord } from './remediation-record';

export interface EffectiveRun extends RunbookRunRecord {
  /** Put back by an earlier undo. The run still says which entries of a network ACL belong together. */
  readonly isUndone?: true;
}

/**
 * The runs of a closing without what earlier undos, which broke off in the middle, have put back or taken away already:
 * should somebody have changed that since, it is not for a second undo to take back.
 */
export function runsInEffect(
  runs: readonly EffectiveRun[],
  earlierUndos: readonly Pick<RemediationRecord, 'runs'>[],
): readonly EffectiveRun[] {
  const undone = new Set(
    earlierUndos
      .flatMap((undo) => undo.runs)
      .filter(({ end }) => end === 'effect-seen')
      .flatMap(({ step }) => keysOf(step)),
  );
  if (undone.size === 0) return runs;
  return runs.flatMap((run) => without(run, undone));
}

function keysOf(step: PlanStep): readonly string[] {
  return isNetworkAclStep(step) ? step.rules.map(entryKey) : step.rules.map(permissionKey);
}

function without(run: EffectiveRun, undone: ReadonlySet<string>): readonly EffectiveRun[] {
  const { step } = run;
  if (isNetworkAclStep(step)) {
    return step.rules.some((entry) => undone.has(entryKey(entry))) ? [{ ...run, isUndone: true }] : [run];
  }
  const rules = step.rules.filter((rule) => !undone.has(permissionKey(rule)));
  return rules.length === 0 ? [] : [{ ...run, step: { ...step, rules } }];
}
