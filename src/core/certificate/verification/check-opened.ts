import type { CertificateParts } from '../certificate';
import { describeSurplus } from '../evaluation/compare-reach';
import type { ReadState } from '../evaluation/read-state';
import type { Evidence } from './evidence';
import { findMeanwhile } from './meanwhile';
import { findOwnPart } from './own-part';
import { couldNotTell, doesNotHold, holds, type Statement } from './statement';

/** How it is known. */
const THEIRS = 'somebody else opened meanwhile, as SSM shows that the runbooks made the planned calls and no other';

/** Nothing became reachable that was not before; by an undo, nothing beyond what the closing found open. */
export function checkOpened(
  evidence: Evidence,
  parts: CertificateParts,
  closing: Evidence | undefined,
): readonly Statement[] {
  const { before, after } = evidence;
  if (parts.runs.length === 0 && (before === undefined || after === undefined)) {
    return [holds('nothing-opened', 'nothing ran')];
  }
  if (before === undefined)
    return [couldNotTell('nothing-opened', 'there is no state before to compare with', 'before')];
  if (after === undefined) return [couldNotTell('nothing-opened', 'there is no state after to compare with', 'after')];
  const opened = describeSurplus([after], [before]);
  if (opened === undefined) return [holds('nothing-opened')];
  const meanwhile = findMeanwhile(evidence, parts);
  const known = meanwhile === undefined ? [before] : [before, meanwhile.added];
  const byUs = describeSurplus([after], known);
  if (byUs === undefined) return [holds('nothing-opened', `somebody else opened between two plans: ${opened}`)];
  const own = findOwnPart(evidence, parts);
  const isTheirs = (may: readonly ReadState[]): boolean =>
    own !== undefined && describeSurplus([own], may) === undefined;
  if (isTheirs(known)) return [holds('nothing-opened', `${THEIRS}: ${byUs}`)];
  if (parts.decision.action === 'close') {
    return [doesNotHold('nothing-opened', `became reachable: ${byUs}`, 'after')];
  }
  if (closing?.before === undefined) {
    const id = parts.decision.undoes ?? 'the closing';
    return [
      couldNotTell('nothing-opened', `give the certificate of ${id} too: it says what may be open again`, 'after'),
    ];
  }
  const allowed = [...known, ...statesBefore(closing)];
  const beyond = describeSurplus([after], allowed);
  if (beyond === undefined) return [holds('nothing-opened')];
  if (isTheirs(allowed)) return [holds('nothing-opened', `${THEIRS}: ${beyond}`)];
  return [doesNotHold('nothing-opened', `became reachable, and was not before the closing: ${beyond}`, 'after')];
}

/** What an undo may bring back: where a plan was made again, what the latest found. */
function statesBefore({ before, beforeLatestPlan }: Evidence): readonly ReadState[] {
  return [before, beforeLatestPlan].filter((state) => state !== undefined);
}
