import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** Why a closing ended as it did. */
export type ClosingReason =
  | { readonly code: 'closed' }
  | { readonly code: 'closed-already' }
  | { readonly code: 'additions-stay' }
  | { readonly code: 'resource-gone' }
  | {
      readonly code: 'member-of-another-version';
      /** A sentence that names the account, both versions and what to do. */
      readonly which: string;
    }
  | {
      readonly code: 'region-not-enabled';
      /** A sentence that names the Region and the account. */
      readonly which: string;
    }
  | { readonly code: 'no-control' }
  | {
      readonly code: 'before-state-not-stored';
      /** Whether calls of an earlier plan may have changed something. */
      readonly isBegun: boolean;
      readonly cause: string;
    }
  | { readonly code: 'rules-refused' }
  | { readonly code: 'not-as-shown' }
  | {
      readonly code: 'stopped-by-undo';
      /** Who chose it, in words. */
      readonly decidedBy: string;
    }
  | {
      readonly code: 'restored-by-undo';
      readonly undo: string;
      readonly rule: string;
      /** ISO 8601, UTC. */
      readonly at: string;
      /** A closing was stopped before it took the rule away; else the undo put it back. */
      readonly wasLeft: boolean;
    };

export const CLOSING_TEXTS: ReasonTexts<ClosingReason> = {
  closed: () => 'Closed, and read back.',
  'closed-already': () => 'Read back: it was closed already.',
  'additions-stay': () => 'Rules of ours that stand in for nothing could not be taken back.',
  'resource-gone': () => 'The resource does not exist any more.',
  'member-of-another-version': ({ which }) => which,
  'region-not-enabled': ({ which }) => which,
  'no-control': () => 'No control to hold the target against.',
  'before-state-not-stored': ({ isBegun, cause }) =>
    `${isBegun ? 'Nothing more' : 'Nothing'} was touched, since what is there now could not be stored: ${cause}`,
  'rules-refused': () =>
    'EC2 refused the rules that keep open what may stay: the group holds as many as its quota allows. Set ' +
    "policy.ruleQuota to the account's quota, have that raised, remove rules, or use the strategy revoke.",
  'not-as-shown': () =>
    'The rules have changed since it was asked, so that closing would do something else than was shown: see what it ' +
    'would do now.',
  'stopped-by-undo': ({ decidedBy }) =>
    `${decidedBy} came while it was under way; what was done until then is taken back next.`,
  'restored-by-undo': ({ undo, rule, at, wasLeft }) => {
    const did = wasLeft ? `left ${rule} open` : `gave ${rule} back`;
    return `Undo ${undo} ${did} on ${at.slice(0, 10)}: only a person has it closed again, by Close ingress.`;
  },
};

/** The text of why a closing ended as it did. */
export function renderClosingReason(reason: ClosingReason): string {
  return renderReason(reason, CLOSING_TEXTS);
}

export const CLOSING_DOCS: ReasonDocs<ClosingReason> = {
  closed: { example: {}, remedy: '' },
  'closed-already': { example: {}, remedy: '' },
  'additions-stay': { example: {}, remedy: 'Take them away by hand: they carry the tag portcullis:remediation.' },
  'resource-gone': { example: {}, remedy: '' },
  'member-of-another-version': {
    example: { which: '{which}' },
    remedy: 'Deploy the member stack there again, members before the hub.',
  },
  'region-not-enabled': {
    example: { which: '{which}' },
    remedy: 'Enable the Region in that account, or take it out of members.regions.',
  },
  'no-control': { example: {}, remedy: '' },
  'before-state-not-stored': {
    example: { isBegun: false, cause: '{cause}' },
    remedy: 'When the cause is gone, choose Close ingress again.',
  },
  'rules-refused': {
    example: {},
    remedy: 'Set policy.ruleQuota, have the quota raised, remove rules, or use the strategy revoke.',
  },
  'not-as-shown': { example: {}, remedy: 'Look at what closing would do now, and choose it again.' },
  'stopped-by-undo': {
    example: { decidedBy: '{decidedBy}' },
    remedy: 'Choose Close ingress where it is to be closed all the same.',
  },
  'restored-by-undo': {
    example: { undo: '{undo}', rule: '{rule}', at: '2026-11-29', wasLeft: false },
    remedy: 'Choose Close ingress where it is to be closed again.',
  },
};
