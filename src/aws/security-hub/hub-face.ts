import type { Finding } from '../../core/findings/finding';
import type { Target } from '../../core/target';
import type { FindingsByIds, Hub, PortResult } from '../../flow/ports';

export type Workflow = Finding['workflow'];

/** Security Hub by one of its two APIs, or by both. */
export interface HubFace extends FindingsByIds, Pick<Hub, 'fetchFindings' | 'updateFindings'> {
  /** Active findings on a target in one of these workflow statuses. */
  fetchOnTarget(target: Target, workflows: readonly Workflow[]): PortResult<readonly Finding[]>;
  /** The same on several targets in few calls; undefined where they fill more pages than those. */
  readonly fetchOnTargets?: (
    targets: readonly Target[],
    workflows: readonly Workflow[],
  ) => PortResult<readonly Finding[] | undefined>;
}
