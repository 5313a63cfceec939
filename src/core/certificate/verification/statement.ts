import type { CertificateParts } from '../certificate';

/** What is asked of a certificate, in the order in which it is answered. */
export type Check =
  /** The file has one meaning, and each part and the whole are what was hashed. */
  | 'unchanged'
  /** Nothing that a control forbids is reachable after. */
  | 'closed'
  /** Nothing became reachable that was not before. */
  | 'nothing-opened'
  /** Nothing was cut but what belonged to what violated. */
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
  /** What was found, or why it cannot be told. Empty where nothing needs saying. */
  readonly text: string;
}

export function holds(check: Check, text = ''): Statement {
  return { check, verdict: 'holds', text };
}

export function doesNotHold(check: Check, text: string, part?: Statement['part']): Statement {
  return { check, verdict: 'does-not-hold', text, ...(part === undefined ? {} : { part }) };
}

export function couldNotTell(check: Check, text: string, part?: Statement['part']): Statement {
  return { check, verdict: 'could-not-tell', text, ...(part === undefined ? {} : { part }) };
}

export function notClaimed(check: Check, text: string): Statement {
  return { check, verdict: 'not-claimed', text };
}
