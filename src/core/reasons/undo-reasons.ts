import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** Why an undo refuses, asks, or leaves something alone. Rules and entries are in the words of plans. */
export type UndoReason =
  | LeftAloneReason
  | { readonly code: 'undo-of-another-target'; readonly closing: string; readonly of: string; readonly target: string }
  | {
      readonly code: 'not-a-closing';
      readonly remediation: string;
      /** The closing that it undid; missing where it was a preview. */
      readonly undoes?: string;
    }
  | { readonly code: 'undone-already'; readonly undoneBy: string }
  | { readonly code: 'stopped-before-changes' }
  | {
      readonly code: 'changed-nothing';
      readonly outcome: string;
      /** The last closing that did. */
      readonly other?: string;
    }
  | { readonly code: 'before-state-missing' }
  | {
      readonly code: 'undo-began-late';
      /** ISO 8601, UTC; missing where it is not known. */
      readonly askedAt?: string;
      readonly minutes: number;
    }
  | {
      readonly code: 'undo-needs-confirmation';
      readonly closing: string;
      readonly days: number;
      readonly maxAgeDays: number;
    }
  | {
      readonly code: 'no-closing-known';
      /** What the finding names. */
      readonly claimed?: string;
    }
  | { readonly code: 'left-open-not-stored'; readonly cause: string }
  | { readonly code: 'undo-not-stored'; readonly cause: string }
  | { readonly code: 'given-back-not-stored'; readonly cause: string }
  | { readonly code: 'finding-not-updated'; readonly finding: string; readonly cause: string }
  | { readonly code: 'nothing-left-as-it-was' }
  | { readonly code: 'nothing-was-changed' }
  | { readonly code: 'some-left-alone' }
  | { readonly code: 'undone' }
  | { readonly code: 'undo-not-read-back' };

/** Why something of a closing is not taken back. */
export type LeftAloneReason =
  | { readonly code: 'would-reopen-closed'; readonly rule: string; readonly closed: string }
  | { readonly code: 'changed-by-others'; readonly rule: string; readonly of: 'rule' | 'entry' }
  | { readonly code: 'grant-is-over'; readonly rule: string; readonly grant: string }
  | { readonly code: 'stays-with-what-it-was-cut-from'; readonly rule: string }
  | { readonly code: 'replaced-rule-uncertain'; readonly rule: string }
  | { readonly code: 'entries-left'; readonly entries: readonly string[]; readonly cause: EntriesLeftCause };

/** What became of an entry that keeps a whole rewrite from being taken back. */
export type EntriesLeftCause =
  | { readonly kind: 'changed'; readonly ruleNumber: number }
  | { readonly kind: 'made-since'; readonly entry: string }
  | { readonly kind: 'changed-since'; readonly entry: string }
  | { readonly kind: 'source-changed'; readonly ruleNumber: number };

/** What becomes of what a person wants to be open. */
export const STAYS_OPEN = 'It is not closed automatically again; Close ingress does it.';

const NOTHING_KNOWN =
  'The ledger holds no closing of the finding that could be undone, and none was under way on its target.';

export const UNDO_TEXTS: ReasonTexts<UndoReason> = {
  'would-reopen-closed': ({ rule, closed }) =>
    `${rule} stays closed: it would re-open ${closed}, which was closed or changed since.`,
  'changed-by-others': ({ rule, of }) =>
    of === 'rule'
      ? `${rule} stays: it was changed or made again by somebody else since.`
      : `${rule} stays: it was changed by somebody else since.`,
  'grant-is-over': ({ rule, grant }) => `${rule} stays closed: ${grant}, which had opened it for a while, is over.`,
  'stays-with-what-it-was-cut-from': ({ rule }) => `${rule} stays, as what it is a remainder of does.`,
  'replaced-rule-uncertain': ({ rule }) =>
    `${rule} stays: whether what it stands in for was taken away by us cannot be told.`,
  'entries-left': ({ entries, cause }) => `${entries.join(', ')}: left as found, for ${renderCause(cause)}.`,
  'undo-of-another-target': ({ closing, of, target }) => `${closing} closed ${of}, not ${target}.`,
  'not-a-closing': ({ remediation, undoes }) => {
    const what = undoes === undefined ? 'a preview' : `the undo of ${undoes}`;
    return `${remediation} is ${what}, and only closings can be undone.`;
  },
  'undone-already': ({ undoneBy }) => `It was undone already, by ${undoneBy}.`,
  'stopped-before-changes': () => `It was stopped before it changed anything. ${STAYS_OPEN}`,
  'changed-nothing': ({ outcome, other }) => {
    const hint = other === undefined ? '' : ` The last closing that did is ${other}.`;
    return `It changed nothing: it ended as ${outcome}.${hint}`;
  },
  'before-state-missing': () => 'The rules as they were before it are not in the ledger, so they cannot be put back.',
  'undo-began-late': ({ askedAt, minutes }) => {
    const when = askedAt === undefined ? '' : ` at ${askedAt.slice(0, 16)}Z`;
    return (
      `It was asked for${when} and did not begin within ${String(minutes)} minutes, so that it was not carried out: ` +
      'what was wanted then may not be wanted now. Choose Undo closing again.'
    );
  },
  'undo-needs-confirmation': ({ closing, days, maxAgeDays }) =>
    `It is ${String(days)} days old, and what was open then may not be wanted today (policy.undo.maxAgeDays is ` +
    `${String(maxAgeDays)}). To undo it all the same: portcullis undo ${closing} --confirm`,
  'no-closing-known': ({ claimed }) =>
    claimed === undefined ? NOTHING_KNOWN : `${NOTHING_KNOWN} It names ${claimed}, which did not have it.`,
  'left-open-not-stored': ({ cause }) => `What is left open could not be stored, so nothing was touched: ${cause}`,
  'undo-not-stored': ({ cause }) => `What is there now could not be stored, so nothing more was touched: ${cause}`,
  'given-back-not-stored': ({ cause }) =>
    `What is given back could not be stored, so nothing more was touched: ${cause}`,
  'finding-not-updated': ({ finding, cause }) =>
    `Nothing more was touched, since finding ${finding} would go on saying that it is closed: ${cause}`,
  'nothing-left-as-it-was': () => 'Nothing that it changed is left as it left it.',
  'nothing-was-changed': () => 'It changed nothing, so that there is nothing to undo.',
  'some-left-alone': () => 'Left alone:',
  undone: () => 'Undone, and read back.',
  'undo-not-read-back': () =>
    'Everything was put back and seen, and the last reads do not show it: they are old, or somebody took it away.',
};

function renderCause(cause: EntriesLeftCause): string {
  switch (cause.kind) {
    case 'changed':
      return `entry ${String(cause.ruleNumber)} was changed since`;
    case 'made-since':
      return `${cause.entry} was made since`;
    case 'changed-since':
      return `${cause.entry} was changed or taken away since`;
    case 'source-changed':
      return `what entry ${String(cause.ruleNumber)} is a remainder of was changed since`;
  }
}

/** The text of why an undo refuses, asks, or leaves something alone. */
export function renderUndoReason(reason: UndoReason): string {
  return renderReason(reason, UNDO_TEXTS);
}

const BY_HAND = 'Where it is wanted all the same, make the rule by hand.';
const AGAIN = 'When the cause is gone, choose Undo closing again.';

export const UNDO_DOCS: ReasonDocs<UndoReason> = {
  'would-reopen-closed': { example: { rule: '{rule}', closed: '{closed}' }, remedy: BY_HAND },
  'changed-by-others': {
    example: { rule: '{rule}', of: 'rule' },
    remedy: 'Where it is not wanted, take it away by hand.',
  },
  'grant-is-over': {
    example: { rule: '{rule}', grant: '{grant}' },
    remedy: 'Where it is wanted again: `portcullis open`.',
  },
  'stays-with-what-it-was-cut-from': { example: { rule: '{rule}' }, remedy: '' },
  'replaced-rule-uncertain': { example: { rule: '{rule}' }, remedy: 'Where it is not wanted, take it away by hand.' },
  'entries-left': {
    example: { entries: ['{entry}', '{entry}'], cause: { kind: 'changed', ruleNumber: 100 } },
    remedy: 'Where they are wanted as they were, write the entries by hand.',
  },
  'undo-of-another-target': {
    example: { closing: '{closing}', of: '{of}', target: '{target}' },
    remedy: 'Name a closing of the target.',
  },
  'not-a-closing': { example: { remediation: '{remediation}', undoes: '{undoes}' }, remedy: 'Name a closing.' },
  'undone-already': { example: { undoneBy: '{undoneBy}' }, remedy: '' },
  'stopped-before-changes': { example: {}, remedy: 'Choose Close ingress where it is to be closed.' },
  'changed-nothing': { example: { outcome: '{outcome}', other: '{other}' }, remedy: 'Undo the closing that it names.' },
  'before-state-missing': { example: {}, remedy: 'Make the rules by hand.' },
  'undo-began-late': { example: { askedAt: '2026-11-29T12:00Z', minutes: 15 }, remedy: 'Choose Undo closing again.' },
  'undo-needs-confirmation': {
    example: { closing: '{closing}', days: 40, maxAgeDays: 30 },
    remedy: 'Say that it is wanted: `portcullis undo REMEDIATION_ID --confirm`.',
  },
  'no-closing-known': { example: { claimed: '{claimed}' }, remedy: 'Make the rules by hand.' },
  'left-open-not-stored': { example: { cause: '{cause}' }, remedy: AGAIN },
  'undo-not-stored': { example: { cause: '{cause}' }, remedy: AGAIN },
  'given-back-not-stored': { example: { cause: '{cause}' }, remedy: AGAIN },
  'finding-not-updated': { example: { finding: '{finding}', cause: '{cause}' }, remedy: AGAIN },
  'nothing-left-as-it-was': { example: {}, remedy: '' },
  'nothing-was-changed': { example: {}, remedy: '' },
  'some-left-alone': { example: {}, remedy: 'The reasons behind it say what.' },
  undone: { example: {}, remedy: '' },
  'undo-not-read-back': { example: {}, remedy: 'Look at the target, and take it for open.' },
};
