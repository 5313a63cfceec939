import { POLICY_MODES } from '../../policy/policy-entry';
import type { ReportedFinding } from '../reported-finding';

type FindingState = Pick<ReportedFinding, 'compliance' | 'workflow' | 'recordState' | 'policy'>;

const COMPLIANCES = [undefined, 'PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE'] as const;
const WORKFLOWS = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'] as const;
const RECORD_STATES = ['ACTIVE', 'ARCHIVED'] as const;
const POLICIES = [undefined, ...POLICY_MODES] as const;

/** All that there are, each by the number that `numberOfState` makes of it. */
const STATES: readonly FindingState[] = COMPLIANCES.flatMap((compliance) =>
  WORKFLOWS.flatMap((workflow) =>
    RECORD_STATES.flatMap((recordState) => POLICIES.map((policy) => ({ compliance, workflow, recordState, policy }))),
  ),
);

/** A number below 256. */
export function numberOfState({ compliance, workflow, recordState, policy }: FindingState): number {
  const ofWorkflow = COMPLIANCES.indexOf(compliance) * WORKFLOWS.length + WORKFLOWS.indexOf(workflow);
  const ofRecord = ofWorkflow * RECORD_STATES.length + RECORD_STATES.indexOf(recordState);
  return ofRecord * POLICIES.length + POLICIES.indexOf(policy);
}

/** @param number what `numberOfState` answered */
export function stateOfNumber(number: number): FindingState {
  const state = STATES[number];
  if (state === undefined) throw new Error(`no finding has the state ${String(number)}`);
  return state;
}
