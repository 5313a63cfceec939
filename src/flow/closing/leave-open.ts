import type { RequestedControl } from '../../core/controls/control-id';
import { planClosing } from '../../core/planning/plan-closing';
import type { PlanPolicy } from '../../core/planning/plan-policy';
import { because } from '../../core/reasons/because';
import type { Reason } from '../../core/reasons/reason';
import { success } from '../../core/result';
import { toVerdict } from '../../core/verification/to-verdict';
import { addToRecord, type Progress } from '../remediation/progress';
import { observeForVerdict, type ObservePorts } from '../running/observe-for-verdict';
import type { ObservationWithContext } from '../running/observe-with-context';
import { exceptedBy, isOpenByException, type ClosingResult } from './close-target';
import { couldNotTell } from './could-not-tell';

export interface ToLeaveOpen {
  readonly outcome: 'asked' | 'notified';
  readonly reason: string;
  /** The same as data. */
  readonly reasons: readonly Reason[];
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
  /** The look at the target that was decided on. */
  readonly first?: ObservationWithContext;
}

/**
 * Plans what closing would change, so that people know, and touches nothing. What is closed already is said to be.
 */
export async function leaveOpen(
  progress: Progress,
  { outcome, reason, reasons, controls, policy, first }: ToLeaveOpen,
  ports: ObservePorts,
): Promise<ClosingResult> {
  const { target } = progress.record;
  const { record } = progress;
  const observed =
    first === undefined
      ? await observeForVerdict({ record, controls, policy, restored: [] }, 'policy', ports)
      : success(first);
  if (!observed.ok) return couldNotTell(observed.error.cause);
  if (observed.value.kind === 'gone') return { outcome: 'not-needed', ...because({ code: 'resource-gone' }) };
  const after = observed.value.resource;
  const verdict = toVerdict(observed.value, controls);
  const { context } = observed.value;
  addToRecord(progress, { before: after, ...(context === undefined ? {} : { context }) });
  if (verdict.kind === 'could-not-tell') {
    return { outcome: 'could-not-tell', reason: verdict.reason, reasons: verdict.reasons, after };
  }
  const plan = planClosing({ resource: after, controls, policy, account: target.account });
  addToRecord(progress, { plan });
  if (verdict.kind === 'closed') {
    if (isOpenByException(after, controls)) return { ...exceptedBy(progress.record), after };
    return { outcome: 'already-closed', ...because({ code: 'closed-already' }), after };
  }
  const all = [...reasons, ...(plan.askReasons ?? [])];
  const isStuck = plan.ask.length > 0 ? { isStuck: true as const } : {};
  return { outcome, reason: [reason, ...plan.ask].join(' '), reasons: all, ...isStuck, after };
}
