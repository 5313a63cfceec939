import { withBaselinePorts, type Baseline } from '../controls/baseline';
import { BASELINE, SECURITY_HUB_CONTROLS, type ControlId, type RequestedControl } from '../controls/control-id';

/** What targets are held against: some controls, and the baseline where there is one. */
export interface Held {
  readonly controls?: readonly ControlId[] | undefined;
  readonly baseline?: Baseline | undefined;
}

/**
 * Controls as a target is held against them that no finding is about. EC2.18 has the ports that the target's account
 * and Region authorize: whoever reads the target reads them, and puts them in its place.
 *
 * @param held all controls where it names none, with the baseline; else those that it names
 */
export function toHeldControls({ controls, baseline }: Held): readonly RequestedControl[] {
  const named = controls ?? [...SECURITY_HUB_CONTROLS, BASELINE];
  return named.flatMap((id) => {
    if (id !== BASELINE) return { id, parameters: [] };
    return baseline === undefined ? [] : withBaselinePorts(baseline);
  });
}

/** The same, with the ports that EC2.18 authorizes where the target is. Undefined: nobody knows, and it is left out. */
export function withAuthorizedPorts(
  controls: readonly RequestedControl[],
  parameters: RequestedControl['parameters'] | undefined,
): readonly RequestedControl[] {
  return controls.flatMap((control) => {
    if (control.id !== 'EC2.18') return control;
    return parameters === undefined ? [] : { ...control, parameters };
  });
}
