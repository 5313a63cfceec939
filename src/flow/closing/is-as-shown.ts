import type { Plan } from '../../core/planning/plan';
import { hasSameSteps } from '../../core/planning/has-same-steps';
import { success } from '../../core/result';
import type { Durable, Ledger, PortResult } from '../ports';
import type { CloseJob } from '../remediation/job';

/** Whether a plan is what was shown to whoever answered the question. */
export type IsAsShown = (plan: Plan) => PortResult<boolean>;

/**
 * Undefined where somebody wants it closed whatever the rules are by now: an answer is about the plan that was shown, a
 * click or a command is not.
 */
export function createIsAsShown(
  { requests }: CloseJob,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Pick<Ledger, 'fetchRemediation'> },
): IsAsShown | undefined {
  const answered = requests.flatMap(({ answers }) => answers ?? []);
  const asks = requests.filter(({ trigger, answers }) => answers === undefined && trigger === 'custom-action');
  if (answered.length === 0 || asks.length > 0) return undefined;
  return (plan) =>
    durable.step('compare with what was shown', async () => {
      for (const { asked } of answered) {
        const record = await ledger.fetchRemediation(asked);
        if (!record.ok) return record;
        if (record.value?.plan === undefined || !hasSameSteps(record.value.plan, plan)) return success(false);
      }
      return success(true);
    });
}
