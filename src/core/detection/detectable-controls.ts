import { CONTROL_IDS, type ControlId } from '../controls/control-id';

/**
 * Controls that findings of ours are about. EC2.18 is left out: which ports it lets be public only Security Hub's own
 * findings say, and a guess would close too much.
 */
export const DETECTABLE_CONTROLS: readonly Exclude<ControlId, 'EC2.18'>[] = CONTROL_IDS.filter((id) => id !== 'EC2.18');
