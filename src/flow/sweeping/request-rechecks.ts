import { success } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import type { SweptPlace } from '../../core/sweeping/swept-place';
import { targetArn } from '../../core/target';
import type { Rechecks, PlaceFindings, PortResult } from '../ports';
import { toWatchMessage } from '../watching/watch-message';

/**
 * Requests re-checks of targets that violate something although a finding on them, whoever's, says RESOLVED because we
 * had closed them: the re-check says by the finding's own control whether it is open again. One list a place is read,
 * and only where something violates.
 *
 * @param seenAt a moment before the targets were read: who closed one later is right
 */
export async function requestRechecks(
  place: Place,
  { targets }: Pick<SweptPlace, 'targets'>,
  { sweepId, seenAt }: { readonly sweepId: string; readonly seenAt: Date },
  { findings, rechecks }: { readonly findings: PlaceFindings; readonly rechecks?: Rechecks },
): PortResult<void> {
  if (rechecks === undefined || targets.length === 0) return success(undefined);
  const resolved = await findings.fetchResolvedByUs(place, sweepId);
  if (!resolved.ok) return resolved;
  const before = resolved.value.filter(({ notedAt }) => Date.parse(notedAt ?? '') < seenAt.getTime());
  const closed = new Set(before.flatMap(({ resourceIds }) => resourceIds));
  for (const { target } of targets) {
    if (!closed.has(targetArn(target))) continue;
    const requested = await rechecks.request(toWatchMessage(target));
    if (!requested.ok) return requested;
  }
  return success(undefined);
}
