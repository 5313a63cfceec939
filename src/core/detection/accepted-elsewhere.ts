import type { ControlId } from '../controls/control-id';
import type { Finding } from '../findings/finding';
import { targetKey, type Target } from '../target';
import { ownFindingId } from './to-own-findings';

/**
 * Controls of a target on which somebody has suppressed a finding that is none of ours: he has said that it may stay,
 * and a finding of ours about the same would have it closed all the same. Another standard's finding that says RESOLVED
 * says that it may not. What an exception of ours has suppressed is decided anew, for it covers its ports and sources
 * alone.
 *
 * @param findings active ones that are SUPPRESSED or RESOLVED, of any target
 */
export function acceptedElsewhere(
  target: Target,
  findings: readonly Finding[],
  prefix: string,
): ReadonlySet<ControlId> {
  const controlsOf = (wanted: Finding['workflow']) =>
    findings.flatMap(({ id, control, target: about, workflow, portcullisOutcome }) => {
      if (control === undefined || about === undefined || targetKey(about) !== targetKey(target)) return [];
      const isOwn = id === ownFindingId(prefix, control.id, target);
      return workflow === wanted && !isOwn && portcullisOutcome !== 'excepted' ? control.id : [];
    });
  const resolved = new Set(controlsOf('RESOLVED'));
  return new Set(controlsOf('SUPPRESSED').filter((control) => !resolved.has(control)));
}
