import type { World } from '../../runtime/world';
import type { StoredFinding } from '../finding-store';
import type { AutomationRulesV2 } from './automation-rules-v2';
import { hasFace, type Faces } from './faces';
import type { HubsV2 } from './hubs-v2';
import { emitImportedV2 } from './imported-v2-event';

/**
 * What Security Hub V2 does with a finding that was imported into CSPM: findings of controls go there by themselves,
 * and its automation rules change them before anybody sees them.
 */
export function takeImport(
  hubs: HubsV2,
  faces: Faces,
  rules: AutomationRulesV2,
): (stored: StoredFinding, world: World) => void {
  return (stored, world) => {
    if (!hasFace(stored)) return;
    faces.takeImport(stored, world);
    faces.save(stored, rules.apply(stored, faces.of(stored)), world);
    emitImportedV2(world, stored, hubs, faces);
  };
}
