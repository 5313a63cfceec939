import { STATE_PARTS, type CertificateParts, type CertifiedDecision } from '../certificate';
import { effectOf, takesAway } from '../evaluation/certified-calls';
import { describeEntry, findGone } from '../evaluation/find-gone';
import type { ReadState } from '../evaluation/read-state';
import { entriesIn, placeOf, wordsOf } from '../evaluation/words-of';
import { claimsClosed, judge, withoutExceptions } from './check-closed';
import type { Evidence } from './evidence';
import { checkGranted } from './check-granted';
import { findOwnPart } from './own-part';
import { couldNotTell, doesNotHold, holds, mismatch, type Statement } from './statement';

/** What must be true of the states and runs under an outcome; undefined is whatever it may be. */
interface Expectation {
  readonly ran?: boolean;
  readonly readBack?: boolean;
}

/** Maps, for an outcome may be named like what every object has. */
const OF_CLOSING: ReadonlyMap<string, Expectation> = new Map([
  ['closed', { ran: true, readBack: true }],
  ['already-closed', { ran: false, readBack: true }],
  ['excepted', { readBack: true }],
  ['not-needed', { readBack: false }],
  // Also where it could not be looked up who may decide, before the target was read.
  ['asked', {}],
  ['notified', { ran: false }],
  ['still-open', { readBack: true }],
  ['stopped', { readBack: true }],
  ['failed', {}],
  ['could-not-tell', {}],
  ['not-verified', {}],
]);

const OF_UNDO: ReadonlyMap<string, Expectation> = new Map([
  ['undone', { ran: true, readBack: true }],
  ['partly-undone', { ran: true }],
  ['nothing-to-undo', { ran: false }],
  ['not-needed', { readBack: false }],
  ['asked', { ran: false }],
  ['failed', {}],
  ['could-not-tell', {}],
  ['not-verified', {}],
]);

const OF_GRANT: ReadonlyMap<string, Expectation> = new Map([
  ['granted', { ran: true, readBack: true }],
  ['already-open', { readBack: true }],
  ['failed', {}],
  ['could-not-tell', {}],
  ['not-verified', {}],
]);

const OF_END_OF_GRANT: ReadonlyMap<string, Expectation> = new Map([
  ['access-ended', { readBack: true }],
  ['not-needed', { readBack: false }],
  // Somebody had changed it, or made it anew.
  ['still-open', { readBack: true }],
  ['failed', {}],
  ['could-not-tell', {}],
  ['not-verified', {}],
]);

const OUTCOMES: Readonly<Record<CertifiedDecision['action'], ReadonlyMap<string, Expectation>>> = {
  // Of instances and interfaces alone, which are not judged here.
  isolate: new Map(),
  close: OF_CLOSING,
  undo: OF_UNDO,
  grant: OF_GRANT,
  'end-grant': OF_END_OF_GRANT,
};

/**
 * Outcome, states and runs agree: closed only if it was open before and is closed after; undone only if what the
 * closing took away is there again.
 *
 * @param closing the certificate of what an undo takes back
 * @param isAlone whether it is certain that no other undo stands between
 */
export function checkOutcome(
  evidence: Evidence,
  parts: CertificateParts,
  closing: Evidence | undefined,
  isAlone: boolean,
): readonly Statement[] {
  const statements = [
    ...checkShape(parts),
    ...checkIdentity(parts),
    ...checkMeaning(evidence, parts, closing, isAlone),
  ];
  return statements.length === 0 ? [holds('outcome')] : statements;
}

function checkMeaning(
  evidence: Evidence,
  parts: CertificateParts,
  closing: Evidence | undefined,
  isAlone: boolean,
): readonly Statement[] {
  switch (parts.decision.action) {
    case 'close':
      return checkClosing(evidence, parts);
    case 'undo':
      return checkUndone(evidence, parts, closing, isAlone);
    case 'grant':
    case 'end-grant':
      return checkGranted(evidence, parts, closing);
    case 'isolate':
      return [];
  }
}

function checkShape(parts: CertificateParts): Statement[] {
  const { decision, runs, before, beforeLatestPlan, after, times } = parts;
  const { outcome } = parts.outcome;
  const { action, undoes } = decision;
  const expected = OUTCOMES[action].get(outcome);
  if (expected === undefined) return [mismatch({ code: 'outcome-unknown', outcome, action })];
  return [
    // Whoever made it could not verify it: what was there under way may not show in the states any more.
    ...(outcome === 'not-verified' ? [mismatch({ code: 'unverified-when-made', cause: parts.outcome.reason })] : []),
    ...(expected.ran === true && runs.length === 0 ? [mismatch({ code: 'outcome-without-runs', outcome })] : []),
    ...(expected.ran === false && runs.length > 0 ? [mismatch({ code: 'outcome-with-runs', outcome })] : []),
    ...(expected.readBack === true && after === null ? [mismatch({ code: 'outcome-not-read-back', outcome })] : []),
    ...(expected.readBack === false && after !== null ? [mismatch({ code: 'outcome-read-back', outcome })] : []),
    ...(runs.length > 0 && before === null ? [mismatch({ code: 'before-not-kept' })] : []),
    ...(beforeLatestPlan !== null && runs.length === 0 ? [mismatch({ code: 'later-plan-without-runs' })] : []),
    ...((action === 'undo') !== (undoes !== undefined) ? [mismatch({ code: 'closing-named-amiss' })] : []),
    ...(Date.parse(times.finishedAt) < Date.parse(times.startedAt) ? [mismatch({ code: 'ended-before-begun' })] : []),
  ];
}

/** Both states are of the target. */
function checkIdentity(parts: CertificateParts): Statement[] {
  const { kind, id } = parts.target;
  return STATE_PARTS.flatMap((part) => {
    const state = parts[part];
    if (state === null || (state.kind === kind && state.id === id)) return [];
    return [
      doesNotHold('outcome', { code: 'state-of-another', part, kind: state.kind, id: state.id, target: id }, part),
    ];
  });
}

function checkClosing({ before, after }: Evidence, parts: CertificateParts): Statement[] {
  const statements: Statement[] = [];
  if (parts.outcome.outcome === 'closed' && before !== undefined) {
    const { open, unclear } = judge(before, parts.controls.map(withoutExceptions));
    if (open.length === 0 && unclear.length === 0) {
      statements.push(mismatch({ code: 'nothing-was-open' }));
    }
  }
  // What was not verified says nothing of what is open.
  if (!claimsClosed(parts) && parts.outcome.outcome !== 'not-verified' && after !== undefined) {
    const { open, unclear } = judge(after, parts.controls.map(withoutExceptions));
    if (open.length === 0 && unclear.length === 0) {
      statements.push(mismatch({ code: 'nothing-stayed-open', outcome: parts.outcome.outcome }));
    }
  }
  return statements;
}

function checkUndone(
  { after }: Evidence,
  parts: CertificateParts,
  closing: Evidence | undefined,
  isAlone: boolean,
): Statement[] {
  if (parts.outcome.outcome !== 'undone' || after === undefined) return [];
  if (closing?.before === undefined || closing.after === undefined) {
    return [
      couldNotTell('outcome', { code: 'closing-needed-for-undo', closing: parts.decision.undoes ?? 'the closing' }),
    ];
  }
  // Rules, not reach: what came back may be behind a DENY that somebody has made since.
  const own = closing.parts === undefined ? new Set<string>() : wordsAddedBy(closing.parts);
  // What an owner took away beside its runs is not the undo's to put back.
  const left = (closing.parts && findOwnPart(closing, closing.parts)) ?? closing.after;
  // What the closing had added and took back by itself is nobody's to have again.
  const taken = wordsGone(closing.beforeLatestPlan ?? closing.before, left).filter((name) => !own.has(name));
  const stillGone = new Set(wordsGone(closing.beforeLatestPlan ?? closing.before, after));
  const missing = taken.filter((name) => stillGone.has(name));
  if (missing.length === 0) return [];
  const reason = { code: 'not-there-again', rules: missing } as const;
  const isOurs = closing.parts === undefined || missing.some(isTakenBy(closing.parts));
  // An undo before this one may have put it back, and somebody may have closed it since; or it was an owner's to take.
  return [isAlone && isOurs ? mismatch(reason) : couldNotTell('outcome', reason, 'outcome')];
}

/** Whether what is gone is what the runs of a closing were to take away, or to replace. */
function isTakenBy({ runs, before, beforeLatestPlan }: CertificateParts): (name: string) => boolean {
  const rules = runs.filter(({ step }) => takesAway(step)).flatMap(({ step }) => step.rules);
  const words = new Set(rules.map(wordsOf));
  const places = new Set(entriesIn(rules).map(placeOf));
  for (const state of [before, beforeLatestPlan]) {
    if (state?.kind !== 'network-acl') continue;
    for (const entry of state.entries) if (places.has(placeOf(entry))) words.add(describeEntry(entry));
  }
  return (name) => words.has(name);
}

function wordsAddedBy({ runs }: CertificateParts): ReadonlySet<string> {
  return new Set(runs.flatMap(({ step }) => (effectOf(step) === 'adds' ? step.rules.map(wordsOf) : [])));
}

/** What comes back is a rule of its own, with an id of its own: its words are what counts. */
function wordsGone(before: ReadState, after: ReadState): readonly string[] {
  return findGone(before, after).flatMap(({ name, isReplaced }) => (isReplaced ? [] : [name]));
}
