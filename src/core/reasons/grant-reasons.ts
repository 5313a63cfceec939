import type { ReasonDocs, ReasonTexts } from './reason';

/** How a grant of access ended, or why it was not given. Rules are in the words of plans. */
export type GrantReason =
  | {
      readonly code: 'access-granted';
      readonly rule: string;
      /** ISO 8601, UTC. */
      readonly until: string;
    }
  | { readonly code: 'grants-not-configured' }
  | { readonly code: 'grant-not-allowed'; readonly problem: string }
  | { readonly code: 'grant-too-late'; readonly until: string }
  | { readonly code: 'grant-target-gone' }
  | { readonly code: 'grant-protected'; readonly tag: string }
  | { readonly code: 'grant-would-violate'; readonly rule: string; readonly controls: readonly string[] }
  | { readonly code: 'access-open-already'; readonly rule: string }
  | { readonly code: 'granted-already'; readonly grant: string; readonly until: string }
  | { readonly code: 'grant-not-stored'; readonly cause: string }
  | { readonly code: 'access-not-shown'; readonly rule: string }
  | { readonly code: 'access-ended'; readonly rule: string; readonly how: 'due' | 'by-hand' }
  | { readonly code: 'access-gone-already'; readonly rule: string }
  | { readonly code: 'granted-rule-changed'; readonly rule: string; readonly now: string }
  | { readonly code: 'granted-rule-of-others'; readonly rule: string }
  | { readonly code: 'access-end-not-shown'; readonly rule: string };

const BY_HAND = 'Where it is not wanted, take it away by hand.';

export const GRANT_TEXTS: ReasonTexts<GrantReason> = {
  'access-granted': ({ rule, until }) => `Opened ${rule} until ${minute(until)}, and read back.`,
  'grants-not-configured': () => 'portcullis.yaml has no grants, so that nobody opens anything for a while.',
  'grant-not-allowed': ({ problem }) => `Nothing was opened: ${problem}.`,
  'grant-too-late': ({ until }) => `Nothing was opened: its time was over at ${minute(until)}, before it began.`,
  'grant-target-gone': () => 'Nothing was opened: there is no such security group.',
  'grant-protected': ({ tag }) => `Nothing was opened: the target has the tag ${tag}, which keeps it as it is.`,
  'grant-would-violate': ({ rule, controls }) =>
    `Nothing was opened: ${controls.join(', ')} would forbid ${rule} on this group, so that it would be closed again.`,
  'access-open-already': ({ rule }) => `${rule} is there already: nothing was opened, and nothing will be taken away.`,
  'granted-already': ({ grant, until }) =>
    `Nothing was opened: ${grant} has opened the same until ${minute(until)}. Ask again after that, or end it first.`,
  'grant-not-stored': ({ cause }) => `Nothing was opened, since its end could not be written down: ${cause}`,
  'access-not-shown': ({ rule }) => `Whether ${rule} was opened could not be seen; if it was, it ends in its time.`,
  'access-ended': ({ rule, how }) =>
    `Took ${rule} away, and read it back: ${how === 'due' ? 'its time is over' : 'it was ended by hand'}.`,
  'access-gone-already': ({ rule }) => `${rule} is not there any more: somebody had taken it away already.`,
  'granted-rule-changed': ({ rule, now }) =>
    `Somebody has changed what was granted: ${rule} is ${now} now. It was left as it is. ${BY_HAND}`,
  'granted-rule-of-others': ({ rule }) =>
    `${rule} lets in what was granted, and the grant did not make it. It was left as it is. ${BY_HAND}`,
  'access-end-not-shown': ({ rule }) => `${rule} was taken away, and the last reads still show it.`,
};

/** ISO 8601 to the minute. */
function minute(time: string): string {
  return `${time.slice(0, 16)}Z`;
}

const UNTIL = '2026-11-29T14:00Z';

export const GRANT_DOCS: ReasonDocs<GrantReason> = {
  'access-granted': {
    example: { rule: '{rule}', until: UNTIL },
    remedy: 'To end it: `portcullis grants end GRANT_ID`.',
  },
  'grants-not-configured': { example: {}, remedy: 'Write `grants` into portcullis.yaml, and deploy.' },
  'grant-not-allowed': { example: { problem: '{problem}' }, remedy: 'Ask for less, or change `grants`.' },
  'grant-too-late': { example: { until: UNTIL }, remedy: 'Ask again.' },
  'grant-target-gone': { example: {}, remedy: 'Name a security group that is there.' },
  'grant-protected': { example: { tag: '{tag}' }, remedy: 'Ask the owner of the group to take the tag away.' },
  'grant-would-violate': {
    example: { rule: '{rule}', controls: ['{control}'] },
    remedy: 'Use a security group of its own for it.',
  },
  'access-open-already': { example: { rule: '{rule}' }, remedy: '' },
  'granted-already': {
    example: { grant: '{grant}', until: UNTIL },
    remedy: 'End the grant that it names, and ask again.',
  },
  'grant-not-stored': { example: { cause: '{cause}' }, remedy: 'When the cause is gone, ask again.' },
  'access-not-shown': { example: { rule: '{rule}' }, remedy: 'Look at the group, or end the grant.' },
  'access-ended': { example: { rule: '{rule}', how: 'due' }, remedy: '' },
  'access-gone-already': { example: { rule: '{rule}' }, remedy: '' },
  'granted-rule-changed': { example: { rule: '{rule}', now: '{now}' }, remedy: BY_HAND },
  'granted-rule-of-others': { example: { rule: '{rule}' }, remedy: BY_HAND },
  'access-end-not-shown': { example: { rule: '{rule}' }, remedy: 'It is tried again; look at the group.' },
};
