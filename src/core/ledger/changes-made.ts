import { changesOfStep, entryAt, type StepChange } from '../planning/step-changes';
import type { RemediationRecord, RunbookRunRecord } from './remediation-record';

/**
 * What the runs of a remediation changed, as far as the rules showed it afterwards: what notes, reports and `show`
 * show.
 */
export function changesMade({ runs, before }: Pick<RemediationRecord, 'runs' | 'before'>): readonly StepChange[] {
  return runs.filter(({ end }) => end === 'effect-seen').flatMap((run) => changesOfRun(run, before));
}

/**
 * What one run was to change, whether it did or not. Records of earlier versions do not say what a replacement
 * replaced: then it is what stood there before the first plan.
 */
export function changesOfRun(
  { step, replaced }: Pick<RunbookRunRecord, 'step' | 'replaced'>,
  before: RemediationRecord['before'],
): readonly StepChange[] {
  return changesOfStep(step, replaced ?? entryAt(before, step));
}
