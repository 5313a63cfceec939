import { renderReason, type ReasonTexts } from './reason';

/** What a certificate's verification says, or why it cannot tell. Rules, entries and traffic stand in their words. */
export type StatementReason =
  | UnchangedReason
  | ComparedReason
  | ClosedReason
  | OpenedReason
  | RemovalReason
  | OutcomeReason
  | IsolatedReason
  | ChainReason
  | AnchorReason;

/** The file and its hashes. `part` is a part of the certificate. */
type UnchangedReason =
  | { readonly code: 'part-missing'; readonly part: string }
  | { readonly code: 'part-hash-missing'; readonly part: string }
  | { readonly code: 'part-changed'; readonly part: string }
  | { readonly code: 'part-unknown'; readonly part: string }
  | { readonly code: 'certificate-hash-differs' }
  /** `near`: the text around the place. */
  | { readonly code: 'file-written-anew'; readonly near: string }
  | { readonly code: 'form-unknown'; readonly cause: string }
  | { readonly code: 'state-makes-no-sense'; readonly part: string; readonly cause: string };

/** What several checks say. */
type ComparedReason =
  { readonly code: 'nothing-ran' } | { readonly code: 'state-missing'; readonly part: 'before' | 'after' };

type ClosedReason =
  | { readonly code: 'ended-otherwise'; readonly outcome: string }
  | { readonly code: 'state-not-judged' }
  | { readonly code: 'open-after'; readonly opening: string }
  | { readonly code: 'open-beyond-exceptions'; readonly opening: string }
  | { readonly code: 'left-open-by-exceptions' }
  | { readonly code: 'openness-unclear'; readonly cause: string };

/** `traffic`: what got through after and not before, such as `tcp 22 from 198.51.100.1`. */
type OpenedReason =
  | { readonly code: 'opened-between-plans'; readonly traffic: string }
  | { readonly code: 'opened-beside-runs'; readonly traffic: string }
  | { readonly code: 'became-reachable'; readonly traffic: string }
  | { readonly code: 'reachable-beyond-closing'; readonly traffic: string }
  /** `closing`: the remediation whose certificate is needed. */
  | { readonly code: 'closing-needed-for-reach'; readonly closing: string };

export type RemovalReason =
  | { readonly code: 'compliant-traffic-cut'; readonly traffic: string }
  | { readonly code: 'compliant-rule-gone'; readonly rule: string }
  | { readonly code: 'changed-between-plans'; readonly cuts: readonly RemovalReason[] }
  | { readonly code: 'changed-beside-runs'; readonly cuts: readonly RemovalReason[] }
  | { readonly code: 'closing-needed-for-cut'; readonly closing: string; readonly cut: RemovalReason }
  /** `part`: the state that the plan was made for. */
  | { readonly code: 'planned-what-was-absent'; readonly part: string; readonly rule: string }
  | { readonly code: 'call-not-known'; readonly call: string }
  | { readonly code: 'ran-without-plan' }
  | { readonly code: 'ran-otherwise' };

type OutcomeReason =
  | { readonly code: 'outcome-unknown'; readonly outcome: string; readonly action: string }
  | { readonly code: 'unverified-when-made'; readonly cause: string }
  | { readonly code: 'outcome-without-runs'; readonly outcome: string }
  | { readonly code: 'outcome-with-runs'; readonly outcome: string }
  | { readonly code: 'outcome-not-read-back'; readonly outcome: string }
  | { readonly code: 'outcome-read-back'; readonly outcome: string }
  | { readonly code: 'before-not-kept' }
  | { readonly code: 'later-plan-without-runs' }
  | { readonly code: 'closing-named-amiss' }
  | { readonly code: 'ended-before-begun' }
  | {
      readonly code: 'state-of-another';
      readonly part: string;
      readonly kind: string;
      readonly id: string;
      readonly target: string;
    }
  | { readonly code: 'nothing-was-open' }
  | { readonly code: 'nothing-stayed-open'; readonly outcome: string }
  | { readonly code: 'closing-needed-for-undo'; readonly closing: string }
  | { readonly code: 'not-there-again'; readonly rules: readonly string[] }
  | { readonly code: 'grant-not-told' }
  | { readonly code: 'grant-without-addresses' }
  | { readonly code: 'internet-granted'; readonly rule: string }
  | { readonly code: 'more-than-one-port-granted'; readonly rule: string }
  | { readonly code: 'another-granted'; readonly rule: string; readonly granted: string }
  | { readonly code: 'granted-too-late' }
  | { readonly code: 'granted-not-there'; readonly outcome: string; readonly rule: string }
  | { readonly code: 'ended-still-there'; readonly outcome: string; readonly rule: string };

/** Of an isolation and its undo: interfaces and groups by their ids. */
type IsolatedReason =
  | { readonly code: 'not-cut-off'; readonly interface: string; readonly groups: readonly string[] }
  | { readonly code: 'isolating-group-not-empty'; readonly group: string }
  | { readonly code: 'nothing-to-cut-off' }
  | { readonly code: 'given-other-groups'; readonly interface: string; readonly groups: readonly string[] }
  | { readonly code: 'given-beyond-recorded'; readonly interface: string; readonly groups: readonly string[] }
  | { readonly code: 'touched-another'; readonly call: string; readonly id: string };

/** Numbers are those of certificates in the chain of their target. */
type ChainReason =
  | { readonly code: 'first-names-one-before' }
  | { readonly code: 'names-none-before'; readonly sequence: number }
  | { readonly code: 'chain-begins-later'; readonly sequence: number }
  | { readonly code: 'number-twice'; readonly sequence: number }
  | { readonly code: 'numbers-missing'; readonly from: number; readonly to: number }
  | { readonly code: 'another-before'; readonly sequence: number };

type AnchorReason =
  | { readonly code: 'was-another-when-kept'; readonly sequence: number }
  | { readonly code: 'kept-and-missing'; readonly sequence: number }
  | { readonly code: 'kept-by-a-later-one'; readonly sequence: number }
  | { readonly code: 'none-kept' }
  | { readonly code: 'not-kept-yet'; readonly sequence: number };

const ENDED: ReadonlyMap<string, string> = new Map([
  ['close', 'a closing'],
  ['grant', 'a grant'],
  ['end-grant', 'the end of a grant'],
  ['isolate', 'an isolation'],
]);

const THEIRS = 'meanwhile, as SSM shows that the runbooks made the planned calls and no other';

export const STATEMENT_TEXTS: ReasonTexts<StatementReason> = {
  'part-missing': ({ part }) => `part "${part}" is missing`,
  'part-hash-missing': ({ part }) => `the hash of "${part}" is missing`,
  'part-changed': ({ part }) => `part "${part}" is not what was certified: its hash is another`,
  'part-unknown': ({ part }) => `"${part}" is no part of a certificate`,
  'certificate-hash-differs': () =>
    "the certificate's own hash is another: the id, the place in the chain or a hash was changed",
  'file-written-anew': ({ near }) => `the file was written anew: a member twice, or an unusual spelling, near ${near}`,
  'form-unknown': ({ cause }) => `not of the form of version 1: ${cause}`,
  'state-makes-no-sense': ({ part, cause }) => `${part}: ${cause}`,
  'nothing-ran': () => 'nothing ran',
  'state-missing': ({ part }) => `there is no state ${part} to compare with`,
  'ended-otherwise': ({ outcome }) => `it ended as ${outcome}`,
  'state-not-judged': () => 'there is no state after that can be judged',
  'open-after': ({ opening }) => `open after: ${opening}`,
  'open-beyond-exceptions': ({ opening }) => `open beyond its exceptions: ${opening}`,
  'left-open-by-exceptions': () => 'all that is open is left open by the exceptions that it names',
  'openness-unclear': ({ cause }) => cause,
  'opened-between-plans': ({ traffic }) => `somebody else opened between two plans: ${traffic}`,
  'opened-beside-runs': ({ traffic }) => `somebody else opened ${THEIRS}: ${traffic}`,
  'became-reachable': ({ traffic }) => `became reachable: ${traffic}`,
  'reachable-beyond-closing': ({ traffic }) => `became reachable, and was not before the closing: ${traffic}`,
  'closing-needed-for-reach': ({ closing }) => `give the certificate of ${closing} too: it says what may be open again`,
  'compliant-traffic-cut': ({ traffic }) => `removed, though it belonged to nothing that violates: ${traffic}`,
  'compliant-rule-gone': ({ rule }) => `is gone, though it violated nothing: ${rule}`,
  'changed-between-plans': ({ cuts }) => `somebody else changed it between two plans: ${removalTexts(cuts)}`,
  'changed-beside-runs': ({ cuts }) => `somebody else changed it ${THEIRS}: ${removalTexts(cuts)}`,
  'closing-needed-for-cut': ({ closing, cut }) =>
    `give the certificate of ${closing} too, which says what it added: ${removalTexts([cut])}`,
  'planned-what-was-absent': ({ part, rule }) => `the plan takes away what was not there in "${part}": ${rule}`,
  'call-not-known': ({ call }) => `what ${call} does to the target is not known here`,
  'ran-without-plan': () => 'runbooks ran, and there is no plan',
  'ran-otherwise': () => 'what ran is not what the plan says',
  'outcome-unknown': ({ outcome, action }) => `"${outcome}" is not how ${ENDED.get(action) ?? 'an undo'} ends`,
  'unverified-when-made': ({ cause }) => `it was not verified when it was made: ${cause}`,
  'outcome-without-runs': ({ outcome }) => `it says ${outcome}, and nothing ran`,
  'outcome-with-runs': ({ outcome }) => `it says ${outcome}, and runbooks ran`,
  'outcome-not-read-back': ({ outcome }) => `it says ${outcome}, and nothing was read back`,
  'outcome-read-back': ({ outcome }) => `it says ${outcome}, and the target was read back`,
  'before-not-kept': () => 'runbooks ran, and the state before was not kept',
  'later-plan-without-runs': () => 'a later plan is said to have found another state, and nothing ran before it',
  'closing-named-amiss': () => 'only an undo, and every undo, names a closing',
  'ended-before-begun': () => 'it ended before it began',
  'state-of-another': ({ part, kind, id, target }) =>
    `the state ${part} is of ${kind} ${id}, not of the target ${target}`,
  'nothing-was-open': () => 'it says closed, and nothing that the requested controls forbid was open before',
  'nothing-stayed-open': ({ outcome }) =>
    `it says ${outcome}, and nothing that the requested controls forbid is open after`,
  'closing-needed-for-undo': ({ closing }) => `give the certificate of ${closing} too: it says what was taken away`,
  'not-there-again': ({ rules }) =>
    `it says undone, and this was taken away and is not there again: ${rules.join(', ')}`,
  'grant-not-told': () => 'it does not say what was granted',
  'grant-without-addresses': () => 'what it grants names no addresses',
  'internet-granted': ({ rule }) => `it grants the internet: ${rule}`,
  'more-than-one-port-granted': ({ rule }) => `it grants more than one port of tcp to one network: ${rule}`,
  'another-granted': ({ rule, granted }) => `it ends ${rule}, and what was granted is ${granted}`,
  'granted-too-late': () => 'it was granted when its time was over',
  'granted-not-there': ({ outcome, rule }) => `it says ${outcome}, and this is not there after: ${rule}`,
  'ended-still-there': ({ outcome, rule }) => `it says ${outcome}, and this is there after: ${rule}`,
  'not-cut-off': ({ interface: id, groups }) => `${id} has ${groups.join(', ')} after, not one isolating group alone`,
  'isolating-group-not-empty': ({ group }) => `${group} is to isolate, and has rules after`,
  'nothing-to-cut-off': () => 'it says isolated, and there is no interface after',
  'given-other-groups': ({ interface: id, groups }) =>
    `${id} was given ${groups.join(', ')}, which is not one isolating group alone`,
  'given-beyond-recorded': ({ interface: id, groups }) =>
    `${id} was given ${groups.join(', ')}, and the isolation did not record all of that`,
  'touched-another': ({ call, id }) => `${call} was made on ${id}, which is none of the target`,
  'first-names-one-before': () => 'the first one names one before it',
  'names-none-before': ({ sequence }) => `number ${String(sequence)} names none before it`,
  'chain-begins-later': ({ sequence }) =>
    `begins with number ${String(sequence)}: what was before is not among the files`,
  'number-twice': ({ sequence }) => `there are two certificates with number ${String(sequence)}`,
  'numbers-missing': ({ from, to }) =>
    from === to
      ? `number ${String(from)} is missing before it`
      : `numbers ${String(from)} to ${String(to)} are missing before it`,
  'another-before': ({ sequence }) => `number ${String(sequence)} is not the one that it names as the one before it`,
  'was-another-when-kept': ({ sequence }) => `number ${String(sequence)} was another one when it was kept elsewhere`,
  'kept-and-missing': ({ sequence }) => `number ${String(sequence)} was kept elsewhere, and is not among the files`,
  'kept-by-a-later-one': ({ sequence }) => `by number ${String(sequence)}, as far as the chain holds`,
  'none-kept': () => 'nothing of its target was kept',
  'not-kept-yet': ({ sequence }) => `number ${String(sequence)} is the latest that was kept`,
};

function removalTexts(removals: readonly RemovalReason[]): string {
  return removals.map(renderStatementReason).join('; ');
}

/** What verification says, in words. */
export function renderStatementReason(reason: StatementReason): string {
  return renderReason(reason, STATEMENT_TEXTS);
}
