import type { CertificateParts } from '../certificate';
import { readPermit } from '../evaluation/permit';
import { describeSurplus } from '../evaluation/compare-reach';
import type { ReadState } from '../evaluation/read-state';
import { findBothStates } from './both-states';
import type { Evidence } from './evidence';
import { findMeanwhile } from './meanwhile';
import { findOwnPart } from './own-part';
import { couldNotTell, doesNotHold, holds, type Statement } from './statement';

/**
 * Nothing became reachable that was not before; by an undo, nothing beyond what the closing found open; by a grant,
 * nothing beyond the one rule that it names.
 */
export function checkOpened(
  evidence: Evidence,
  parts: CertificateParts,
  closing: Evidence | undefined,
): readonly Statement[] {
  const states = findBothStates('nothing-opened', evidence, parts);
  if ('missing' in states) return [states.missing];
  const { before, after } = states;
  const granted = grantedBy(parts, before);
  const opened = describeSurplus([after], [before, ...granted]);
  if (opened === undefined) return [holds('nothing-opened')];
  const meanwhile = findMeanwhile(evidence, parts);
  const known = [before, ...granted, ...(meanwhile === undefined ? [] : [meanwhile.added])];
  const byUs = describeSurplus([after], known);
  if (byUs === undefined) return [holds('nothing-opened', { code: 'opened-between-plans', traffic: opened })];
  const own = findOwnPart(evidence, parts);
  const isTheirs = (may: readonly ReadState[]): boolean =>
    own !== undefined && describeSurplus([own], may) === undefined;
  if (isTheirs(known)) return [holds('nothing-opened', { code: 'opened-beside-runs', traffic: byUs })];
  if (parts.decision.action !== 'undo') {
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

/** What a grant may open. */
function grantedBy({ decision }: CertificateParts, before: ReadState): readonly ReadState[] {
  if (decision.action !== 'grant' || decision.grant === undefined || before.kind !== 'security-group') return [];
  const permit = readPermit(decision.grant.rule, new Map());
  return 'problem' in permit ? [] : [{ ...before, permits: [permit] }];
}

/** What an undo may bring back: where a plan was made again, what the latest found. */
function statesBefore({ before, beforeLatestPlan }: Evidence): readonly ReadState[] {
  return [before, beforeLatestPlan].filter((state) => state !== undefined);
}
