import type { DrillControl } from '../../core/drill/drill-control';
import type { Target } from '../../core/target';

/** What is to be drilled, and where. */
export interface DrillOrder {
  /** `drill-` and what nobody else has: the tag's value, and part of every name. */
  readonly drillId: string;
  /** Begins names and ids of findings: `Portcullis-drill`. */
  readonly made: string;
  readonly place: Pick<Target, 'partition' | 'account' | 'region'>;
  readonly control: DrillControl;
  /** What the first closing is left to. */
  readonly closedBy: 'policy' | 'command';
  /** Where the drill is to be; left out, it finds one. */
  readonly vpcId?: string;
}
