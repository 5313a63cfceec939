import type { ControlInHand } from '../core/controls/control-id';
import type { RemediationOutcome, RemediationRecord } from '../core/ledger/remediation-record';
import { planClosing } from '../core/planning/plan-closing';
import type { PlanPolicy } from '../core/planning/plan-policy';
import { decide } from '../core/policy/decide';
import type { Resource } from '../core/resource';
import { toVerdict } from '../core/verification/to-verdict';
import { MAX_ROUNDS } from './limits';
import { observeForVerdict } from './observe-for-verdict';
import type { Ledger } from './ports';
import type { Progress } from './progress';
import type { RunStepPorts } from './run-step';
import { runSteps } from './run-steps';

export interface CloseTargetPorts extends RunStepPorts {
  readonly ledger: Ledger;
}

/** How a remediation ended, as the rules themselves say. */
export interface Ending {
  readonly outcome: Exclude<RemediationOutcome, 'running'>;
  readonly reason: string;
  /** The resource as last read; undefined when it is gone or could not be read. */
  readonly after?: Resource;
}

/**
 * Observes, plans and runs until the rules show that the controls in hand forbid nothing any more. Rules that change
 * under the plan are planned again. Whatever the runs say, what counts is the last read-back.
 */
export async function closeTarget(
  progress: Progress,
  controls: readonly ControlInHand[],
  policy: PlanPolicy,
  ports: CloseTargetPorts,
): Promise<Ending> {
  let failed: Pick<Ending, 'outcome' | 'reason'> | undefined;
  let changed = '';
  for (let round = 0; ; round++) {
    const { target } = progress.record;
    const observed = await observeForVerdict(progress.record, controls, round, ports);
    if (!observed.ok)
      return { outcome: 'could-not-tell', reason: [failed?.reason, observed.error.cause].join(' ').trim() };
    if (observed.value.kind === 'gone') {
      const gone = decide({ target: 'gone' });
      return { outcome: 'not-needed', reason: gone.kind === 'not-needed' ? gone.reason : '' };
    }
    const after = observed.value.resource;
    const verdict = toVerdict(observed.value, controls);
    if (verdict.kind === 'closed') return { ...closedBy(progress.record), after };
    if (failed) return { ...failed, after };
    if (verdict.kind === 'could-not-tell') return { outcome: 'could-not-tell', reason: verdict.reason, after };

    const plan = planClosing({ resource: after, controls, policy, account: target.account });
    const decision = decide({ target: 'found', plan });
    progress.record = { ...progress.record, before: progress.record.before ?? after, plan };
    if (decision.kind === 'ask') return { outcome: 'asked', reason: decision.reasons.join(' '), after };
    if (plan.steps.length === 0) throw new Error(`The plan for ${target.id} closes nothing, though it is open.`);
    if (round === MAX_ROUNDS) {
      return {
        outcome: 'still-open',
        reason: `The rules kept changing, ${String(round)} plans were made. ${changed}`,
        after,
      };
    }
    const stored = await ports.durable.step(`store before-state ${String(round)}`, () =>
      ports.ledger.saveRemediation(progress.record),
    );
    if (!stored.ok) {
      const reason = `Nothing was touched, since what is there now could not be stored: ${stored.error.cause}`;
      return { outcome: 'failed', reason, after };
    }
    const end = await runSteps(progress, { steps: plan.steps, planned: after }, round, ports);
    if (end.kind === 'rules-changed') changed = end.reason;
    if (end.kind === 'stopped') {
      failed = { outcome: end.end === 'no-effect' ? 'still-open' : 'failed', reason: end.reason };
    }
    ports.log.info('Plan ran', { remediationId: progress.record.remediationId, target: target.id, round });
  }
}

function closedBy(record: RemediationRecord): Pick<Ending, 'outcome' | 'reason'> {
  if (record.runs.length === 0) return { outcome: 'already-closed', reason: 'Read back: it was closed already.' };
  return { outcome: 'closed', reason: 'Closed, and read back.' };
}
