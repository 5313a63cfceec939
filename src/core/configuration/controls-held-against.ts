import { BASELINE, SECURITY_HUB_CONTROLS, type ControlId } from '../controls/control-id';

/** What changed targets, and all in a sweep by schedule, are held against: the baseline wherever there is one. */
export function controlsHeldAgainst(
  detection: { readonly controls: readonly ControlId[]; readonly baseline?: object | undefined } | undefined,
): readonly ControlId[] {
  const controls = detection?.controls ?? SECURITY_HUB_CONTROLS;
  return detection?.baseline === undefined ? controls : [...controls, BASELINE];
}
