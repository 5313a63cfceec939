import { addRestored, type Restored } from '../../core/ledger/restored';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { violatingRule } from '../../core/planning/violating-rule';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { Durable, Ledger, PortResult } from '../ports';

/** Adds to what undos have restored on a target. May be repeated. */
export async function rememberRestored(
  added: Restored,
  target: Target,
  ledger: Pick<Ledger, 'fetchRestored' | 'saveRestored'>,
): PortResult<void> {
  if (added.length === 0) return success(undefined);
  const read = await ledger.fetchRestored(target);
  return read.ok ? ledger.saveRestored(target, addRestored(read.value, added)) : read;
}

/**
 * A closing that somebody stopped leaves rules open that it was to take. They stay open like those that its undo puts
 * back: no automatic closing of another finding takes them instead.
 *
 * @param undo whose work it is
 */
export async function rememberLeftOpen(
  { target, plan, before, beforeLatestPlan: planned = before }: RemediationRecord,
  { remediationId, startedAt: at }: Pick<RemediationRecord, 'remediationId' | 'startedAt'>,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Ledger },
): PortResult<void> {
  if (plan === undefined || planned === undefined) return success(undefined);
  const left = plan.violations
    .flatMap((violation) => violatingRule(violation, planned) ?? [])
    .map((rule) => ({ rule, remediationId, at, wasLeft: true }) as const);
  return durable.step('store what is left open', () => rememberRestored(left, target, ledger));
}
