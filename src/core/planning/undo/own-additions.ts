import { mayHaveTakenEffect } from '../../ledger/may-have-taken-effect';
import type { RunbookRunRecord } from '../../ledger/remediation-record';
import { isEntry, isSameEntry } from '../../network/network-acl-entry';
import { permissionKey } from '../../network/rule-source';
import type { NetworkAclEntry } from '../../network/network-acl';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import { CALLS } from '../calls';

type Run = Pick<RunbookRunRecord, 'step' | 'end'>;

/**
 * What a remediation has changed in the end: what it added and took back by itself is neither added nor taken away. In
 * the order of the runs.
 */
export function withoutTakenBack<Each extends Run>(runs: readonly Each[]): readonly Each[] {
  const left: Each[] = [];
  for (const run of runs) {
    if (CALLS[run.step.call].effect !== 'removes' || !mayHaveTakenEffect(run)) {
      left.push(run);
      continue;
    }
    const rules: readonly (SecurityGroupRule | NetworkAclEntry)[] = run.step.rules;
    const isOwn = (rule: SecurityGroupRule | NetworkAclEntry): boolean =>
      left.some(
        ({ step, end }) =>
          CALLS[step.call].effect === 'adds' &&
          end === 'effect-seen' &&
          step.rules.some((added) => isSameRule(added, rule)),
      );
    const own = rules.filter(isOwn);
    for (const [index, earlier] of left.entries()) {
      if (CALLS[earlier.step.call].effect === 'adds') left[index] = withoutRules(earlier, own);
    }
    left.push(withoutRules(run, own));
  }
  return left.filter(({ step }) => step.rules.length > 0);
}

function withoutRules<Each extends Run>(run: Each, rules: readonly (SecurityGroupRule | NetworkAclEntry)[]): Each {
  if (rules.length === 0) return run;
  const kept = [...run.step.rules].filter((rule) => !rules.some((other) => isSameRule(rule, other)));
  // Of an entry's step nothing is left; whoever called takes such a run away.
  return { ...run, step: { ...run.step, rules: kept } as Each['step'] };
}

function isSameRule(one: SecurityGroupRule | NetworkAclEntry, other: SecurityGroupRule | NetworkAclEntry): boolean {
  if (isEntry(one)) return isEntry(other) && isSameEntry(one, other);
  return !isEntry(other) && permissionKey(one) === permissionKey(other);
}
