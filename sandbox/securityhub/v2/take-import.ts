import type { World } from '../../runtime/world';
import type { StoredFinding } from '../finding-store';
import { hasFace, type Faces } from './faces';
import type { HubsV2 } from './hubs-v2';
import { emitImportedV2 } from './imported-v2-event';

/**
 * What Security Hub V2 does with a finding that was imported into CSPM: findings of controls go there by themselves.
 */
export function takeImport(hubs: HubsV2, faces: Faces): (stored: StoredFinding, world: World) => void {
  return (stored, world) => {
    if (!hasFace(stored)) return;
    faces.takeImport(stored, world);
    emitImportedV2(world, stored, hubs, faces);
  };
}
