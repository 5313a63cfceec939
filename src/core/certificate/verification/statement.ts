import { renderStatementReason, type StatementReason } from '../../reasons/statement-reasons';
import type { CertificateParts } from '../certificate';

/** What is asked of a certificate, in the order in which it is answered. */
export type Check =
  /** The file has one meaning, and each part and the whole are what was hashed. */
  | 'unchanged'
  /** Nothing that a control forbids is reachable after. */
  | 'closed'
  /** Nothing became reachable that was not before. */
  | 'nothing-opened'
  /** Nothing was removed but what belonged to what violated. */
  | 'smallest-cut'
  /** Outcome, states and runs agree. */
  | 'outcome'
  /** It stands where it says in the chain of its target. */
  | 'chain'
  /** It is the one that somebody else has kept the hash of; asked only where there is a file of these. */
  | 'anchored';

export interface Statement {
  readonly check: Check;
  /** `not-claimed`: the certificate does not say so, such as of a remediation that failed. */
  readonly verdict: 'holds' | 'does-not-hold' | 'could-not-tell' | 'not-claimed';
  readonly part?: keyof CertificateParts | 'hash' | 'hashes';
  /** What was found, or why it cannot be determined, as data; missing where nothing needs saying. */
  readonly reason?: StatementReason;
  /** The same in words; empty where nothing needs saying. */
  readonly text: string;
}

/** It holds; `reason` says by what, where that needs saying. */
export function holds(check: Check, reason?: StatementReason): Statement {
  return reason === undefined ? { check, verdict: 'holds', text: '' } : state(check, 'holds', reason);
}

/** It does not hold; `part` is where that shows. */
export function doesNotHold(check: Check, reason: StatementReason, part?: Statement['part']): Statement {
  return state(check, 'does-not-hold', reason, part);
}

/** The outcome does not match the states and the runs; `reason` says where. */
export function mismatch(reason: StatementReason): Statement {
  return doesNotHold('outcome', reason, 'outcome');
}

/** What is there does not say; `part` is what is missing or not understood. */
export function couldNotTell(check: Check, reason: StatementReason, part?: Statement['part']): Statement {
  return state(check, 'could-not-tell', reason, part);
}

/** The certificate does not say so. */
export function notClaimed(check: Check, reason: StatementReason): Statement {
  return state(check, 'not-claimed', reason);
}

function state(
  check: Check,
  verdict: Statement['verdict'],
  reason: StatementReason,
  part?: Statement['part'],
): Statement {
  return { check, verdict, reason, text: renderStatementReason(reason), ...(part === undefined ? {} : { part }) };
}
