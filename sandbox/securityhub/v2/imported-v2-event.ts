import { EVENTS_PUT, type EventsPut } from '../../events/bus-event';
import type { World } from '../../runtime/world';
import type { StoredFinding } from '../finding-store';
import { placesOf } from '../imported-event';
import { hasFace, metadataUidOf, type Faces } from './faces';
import type { HubsV2 } from './hubs-v2';
import { toOcsf } from './to-ocsf';

/**
 * Notifies every bus on which Security Hub V2 shows the finding, where it is switched on. One finding an event.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
 */
export function emitImportedV2(world: World, stored: StoredFinding, hubs: HubsV2, faces: Faces): void {
  if (!hasFace(stored)) return;
  for (const place of placesOf(world, stored)) {
    if (!hubs.isOn(world, place)) continue;
    world.emit(EVENTS_PUT, {
      ...place,
      event: {
        source: 'aws.securityhub',
        'detail-type': 'Findings Imported V2',
        resources: [metadataUidOf(stored)],
        detail: { findings: [toOcsf(stored, faces.of(stored))] },
      },
    } satisfies EventsPut);
  }
}
