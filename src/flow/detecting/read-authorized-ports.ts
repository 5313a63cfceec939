import type { RequestedControl } from '../../core/controls/control-id';
import { withAuthorizedPorts } from '../../core/detection/controls-to-hold';
import { findExposedControl, isAbout } from '../../core/detection/find-exposed-controls';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import type { ControlParameters, PortFailure } from '../ports';

/** Controls as a target is held against them, and why EC2.18 is not among them where its ports are not known. */
export interface Authorized {
  readonly controls: readonly RequestedControl[];
  readonly unknown?: PortFailure;
}

/** A group that passes where nothing is authorized passes whatever is. */
const NOTHING: RequestedControl = {
  id: 'EC2.18',
  parameters: [
    { Name: 'authorizedTcpPorts', Value: [] },
    { Name: 'authorizedUdpPorts', Value: [] },
  ],
};

/**
 * Reads which ports EC2.18 authorizes where a target is, and puts them in its place: only where something is open to
 * the internet at all, for Security Hub answers few calls a second. Ports that are not known are not guessed.
 */
export async function readAuthorizedPorts(
  controls: readonly RequestedControl[],
  resource: Resource,
  { place, session }: { readonly place: Place; readonly session: string },
  { parameters }: { readonly parameters: ControlParameters },
): Promise<Authorized> {
  if (!controls.some(({ id }) => id === 'EC2.18') || !isAbout('EC2.18', resource)) return { controls };
  const { violations, isClear } = findExposedControl(resource, NOTHING);
  const isOpen = violations.length > 0 || !isClear;
  const read = isOpen ? await parameters.fetchAuthorizedPorts(place, session) : success([]);
  if (read.ok) return { controls: withAuthorizedPorts(controls, read.value) };
  return { controls: withAuthorizedPorts(controls, undefined), unknown: read.error };
}
