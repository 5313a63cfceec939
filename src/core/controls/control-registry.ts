import { BASELINE_CONTROL } from './baseline';
import type { Control } from './control';
import type { ControlId } from './control-id';
import { EC2_13 } from './ec2-13';
import { EC2_14 } from './ec2-14';
import { EC2_18 } from './ec2-18';
import { EC2_19 } from './ec2-19';
import { EC2_2 } from './ec2-2';
import { EC2_21 } from './ec2-21';
import { EC2_53 } from './ec2-53';
import { EC2_54 } from './ec2-54';

const CONTROLS: Readonly<Record<ControlId, Control>> = {
  'EC2.2': EC2_2,
  'EC2.13': EC2_13,
  'EC2.14': EC2_14,
  'EC2.18': EC2_18,
  'EC2.19': EC2_19,
  'EC2.21': EC2_21,
  'EC2.53': EC2_53,
  'EC2.54': EC2_54,
  baseline: BASELINE_CONTROL,
};

/** The control of an id. */
export function controlOf(id: ControlId): Control {
  return CONTROLS[id];
}
