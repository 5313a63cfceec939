import type { CertificateAnchor, CertifiedTarget } from '../certificate';
import { targetName } from './check-chains';
import type { Evidence } from './evidence';
import { doesNotHold, holds, notClaimed, type Statement } from './statement';

/** A certificate's place and hash as somebody else has kept them. */
export interface Anchor extends CertificateAnchor {
  readonly target: CertifiedTarget;
}

/**
 * Holds certificates against what somebody else has kept of the chains. Only so is it seen that the end of a chain was
 * replaced or truncated: such a chain holds by itself.
 */
export function checkAnchors(
  all: readonly Evidence[],
  anchors: readonly Anchor[],
): ReadonlyMap<Evidence, readonly Statement[]> {
  const statements = new Map<Evidence, readonly Statement[]>();
  for (const evidence of all) {
    if (evidence.parts === undefined) continue;
    const name = targetName(evidence.parts.target);
    const kept = anchors.filter(({ target }) => targetName(target) === name);
    const last = Math.max(...all.filter((other) => isOf(other, name)).map(({ envelope }) => envelope.sequence));
    statements.set(evidence, [checkAnchor(evidence, kept, last)]);
  }
  return statements;
}

function isOf({ parts }: Evidence, name: string): boolean {
  return parts !== undefined && targetName(parts.target) === name;
}

/** @param last the number of the latest certificate of the target among the files */
function checkAnchor({ envelope }: Evidence, kept: readonly Anchor[], last: number): Statement {
  const { sequence, hash } = envelope;
  const same = kept.filter((anchor) => anchor.sequence === sequence);
  if (same.some((anchor) => anchor.hash !== hash)) {
    return doesNotHold('anchored', { code: 'was-another-when-kept', sequence });
  }
  const latest = Math.max(0, ...kept.map((anchor) => anchor.sequence));
  if (sequence === last && latest > last) {
    return doesNotHold('anchored', { code: 'kept-and-missing', sequence: latest });
  }
  if (same.length > 0) return holds('anchored');
  if (latest > sequence) return holds('anchored', { code: 'kept-by-a-later-one', sequence: latest });
  return notClaimed('anchored', latest === 0 ? { code: 'none-kept' } : { code: 'not-kept-yet', sequence: latest });
}
