import type { ControlId } from '../controls/control-id';
import type { Finding } from '../findings/finding';
import { targetKey, type Target } from '../target';
import { ownFindingId } from './to-own-findings';

/**
 * Controls of a target on which somebody has suppressed a finding that is none of ours: he has said that it may stay,
 * and a finding of ours about the same would have it closed all the same. What an exception of ours has suppressed is
 * decided anew, for it covers its ports and sources alone.
 *
 * @param suppressed active findings that are SUPPRESSED, of any target
 */
export function acceptedElsewhere(
  target: Target,
  suppressed: readonly Finding[],
  prefix: string,
): ReadonlySet<ControlId> {
  return new Set(
    suppressed.flatMap(({ id, control, target: about, workflow, portcullisOutcome }) => {
      if (control === undefined || about === undefined || targetKey(about) !== targetKey(target)) return [];
      const isOwn = id === ownFindingId(prefix, control.id, target);
      return workflow === 'SUPPRESSED' && !isOwn && portcullisOutcome !== 'excepted' ? control.id : [];
    }),
  );
}
