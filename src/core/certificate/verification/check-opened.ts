import type { CertificateParts } from '../certificate';
import { describeSurplus } from '../evaluation/compare-reach';
import type { ReadState } from '../evaluation/read-state';
import type { Evidence } from './evidence';
import { findMeanwhile } from './meanwhile';
import { findOwnPart } from './own-part';
import { couldNotTell, doesNotHold, holds, type Statement } from './statement';

/** Nothing became reachable that was not before; by an undo, nothing beyond what the closing found open. */
export function checkOpened(
  evidence: Evidence,
  parts: CertificateParts,
  closing: Evidence | undefined,
): readonly Statement[] {
  const { before, after } = evidence;
  if (parts.runs.length === 0 && (before === undefined || after === undefined)) {
    return [holds('nothing-opened', { code: 'nothing-ran' })];
  }
  if (before === undefined)
    return [couldNotTell('nothing-opened', { code: 'state-missing', part: 'before' }, 'before')];
  if (after === undefined) return [couldNotTell('nothing-opened', { code: 'state-missing', part: 'after' }, 'after')];
  const opened = describeSurplus([after], [before]);
  if (opened === undefined) return [holds('nothing-opened')];
  const meanwhile = findMeanwhile(evidence, parts);
  const known = meanwhile === undefined ? [before] : [before, meanwhile.added];
  const byUs = describeSurplus([after], known);
  if (byUs === undefined) return [holds('nothing-opened', { code: 'opened-between-plans', traffic: opened })];
  const own = findOwnPart(evidence, parts);
  const isTheirs = (may: readonly ReadState[]): boolean =>
    own !== undefined && describeSurplus([own], may) === undefined;
  if (isTheirs(known)) return [holds('nothing-opened', { code: 'opened-beside-runs', traffic: byUs })];
  if (parts.decision.action === 'close') {
    return [doesNotHold('nothing-opened', { code: 'became-reachable', traffic: byUs }, 'after')];
  }
  if (closing?.before === undefined) {
    const undone = parts.decision.undoes ?? 'the closing';
    return [couldNotTell('nothing-opened', { code: 'closing-needed-for-reach', closing: undone }, 'after')];
  }
  const allowed = [...known, ...statesBefore(closing)];
  const beyond = describeSurplus([after], allowed);
  if (beyond === undefined) return [holds('nothing-opened')];
  if (isTheirs(allowed)) return [holds('nothing-opened', { code: 'opened-beside-runs', traffic: beyond })];
  return [doesNotHold('nothing-opened', { code: 'reachable-beyond-closing', traffic: beyond }, 'after')];
}

/** What an undo may bring back: where a plan was made again, what the latest found. */
function statesBefore({ before, beforeLatestPlan }: Evidence): readonly ReadState[] {
  return [before, beforeLatestPlan].filter((state) => state !== undefined);
}
