import { isIsolable } from '../target';
import type { RemediationRecord } from '../ledger/remediation-record';
import type { Isolable } from './isolable';
import type { InterfaceGroups } from './isolation';
import { isIsolatedBy, isolatingGroupsOf } from './plan-isolation';

/**
 * Isolations of a target that nobody has undone, newest first: what they recorded is what an undo gives back.
 *
 * @param records all remediations of the target, newest first
 */
export function isolationsInForce(records: readonly RemediationRecord[]): readonly RemediationRecord[] {
  return records.filter(
    ({ action, target, isolation, undoneBy }) =>
      action === 'isolate' && isIsolable(target) && isolation !== undefined && undoneBy === undefined,
  );
}

/**
 * What the interfaces had before an isolating group was put there. One that is not isolated has it now, also where
 * somebody has changed it since an earlier read; of one that is, an earlier isolation may know.
 *
 * @param known as recorded so far, the most trusted first
 */
export function recordedBefore(
  seen: Isolable,
  known: readonly (readonly InterfaceGroups[])[],
): readonly InterfaceGroups[] {
  const isolating = isolatingGroupsOf(seen);
  return seen.interfaces.flatMap(({ interfaceId, vpcId, groups }) => {
    if (!isIsolatedBy({ interfaceId, vpcId, groups }, isolating)) return [{ interfaceId, vpcId, groups }];
    return known.flatMap((some) => some.find((one) => one.interfaceId === interfaceId) ?? []).slice(0, 1);
  });
}
