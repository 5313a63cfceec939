import { CONTROL_IDS, type ControlId } from '../controls/control-id';
import type { Configuration } from './schema/configuration-schema';
import { automaticControls } from './to-decisions';

/**
 * Controls whose new findings come to Portcullis by themselves: those that are automatic, and all of them where entries
 * decide, since what no entry matches is noted too. Findings of V2 alone do not show the parameters that EC2.18 is
 * closed by.
 */
export function controlsOfInterest({
  automatic,
  decisions,
  securityHub,
}: Pick<Configuration, 'automatic' | 'decisions'> & Partial<Pick<Configuration, 'securityHub'>>): readonly ControlId[] {
  const controls = decisions.length === 0 ? automaticControls(automatic) : CONTROL_IDS;
  return securityHub === 'v2' ? controls.filter((id) => id !== 'EC2.18') : controls;
}
