import type { Opening } from '../exceptions/opening';

/** The Security Hub controls that Portcullis closes, by their consolidated ids. */
export const SECURITY_HUB_CONTROLS = [
  'EC2.2',
  'EC2.13',
  'EC2.14',
  'EC2.18',
  'EC2.19',
  'EC2.21',
  'EC2.53',
  'EC2.54',
] as const;

/** What `portcullis.yaml` itself says may not be public (`detection.baseline`): a control of ours beside those. */
export const BASELINE = 'baseline';

/** Everything that findings may be about. */
export const CONTROL_IDS = [...SECURITY_HUB_CONTROLS, BASELINE] as const;

export type ControlId = (typeof CONTROL_IDS)[number];

/** One parameter as findings carry it in `Compliance.SecurityControlParameters`. */
export interface ControlParameter {
  readonly Name: string;
  readonly Value: readonly string[];
}

/** A control that fails on a target, with the parameters that its finding carries. */
export interface RequestedControl {
  readonly id: ControlId;
  readonly parameters: readonly ControlParameter[];
  /** What exceptions leave open though the control forbids it: that does not violate, and stays. */
  readonly except?: readonly Opening[];
}
