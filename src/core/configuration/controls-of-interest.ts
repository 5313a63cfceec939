import { CONTROL_IDS, type ControlId } from '../controls/control-id';
import type { Configuration } from './configuration-schema';
import { automaticControls } from './to-decisions';

/**
 * Controls whose new findings come to Portcullis by themselves: those that are automatic, and all of them where entries
 * decide, since what no entry matches is noted too.
 */
export function controlsOfInterest({
  automatic,
  decisions,
}: Pick<Configuration, 'automatic' | 'decisions'>): readonly ControlId[] {
  return decisions.length === 0 ? automaticControls(automatic) : CONTROL_IDS;
}
