import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** What decided about a finding: the policy, its guards, the brake, or the answer to a question. */
export type DecisionReason =
  | {
      readonly code: 'entry-decides';
      /** In words: `policy entry "production asks"`. */
      readonly entry: string;
      readonly mode: 'auto' | 'ask' | 'notify' | 'ignore';
    }
  | {
      readonly code: 'entry-needs-unknown';
      readonly entry: string;
      /** What it asks for and nobody knows, each with why. */
      readonly missing: readonly string[];
    }
  | { readonly code: 'no-entry-matches' }
  | { readonly code: 'control-automatic'; readonly control: string }
  | { readonly code: 'control-not-automatic'; readonly control: string }
  | {
      readonly code: 'protection-tag';
      /** Its key. */
      readonly tag: string;
    }
  | { readonly code: 'protection-tag-unknown'; readonly tag: string }
  | { readonly code: 'managed-by-firewall-manager' }
  | { readonly code: 'manager-unknown' }
  | {
      readonly code: 'last-way-in';
      /** What reported it. */
      readonly evidence: readonly string[];
    }
  | {
      readonly code: 'other-way-in-unknown';
      /** Missing where nobody looked. */
      readonly cause?: string;
    }
  | { readonly code: 'closed-when-chosen-again' }
  | {
      readonly code: 'automatic-held';
      /** Why, and since when, in a sentence. */
      readonly hold: string;
    }
  | {
      readonly code: 'policy-changed';
      /** What has changed since it began, or why that is not known, in a sentence. */
      readonly change: string;
    }
  | {
      readonly code: 'answered-close';
      readonly questionId: string;
      readonly by: string;
      readonly comment?: string;
    }
  | { readonly code: 'closed-by-silence'; readonly questionId: string };

const DOES = {
  auto: 'has it closed automatically',
  ask: 'leaves it to a person',
  notify: 'has people notified and leaves it as it is',
  ignore: 'has it ignored',
} as const;

export const DECISION_TEXTS: ReasonTexts<DecisionReason> = {
  'entry-decides': ({ entry, mode }) => `${capitalized(entry)} ${DOES[mode]}.`,
  'entry-needs-unknown': ({ entry, missing }) =>
    `${capitalized(entry)} asks for what is not known (${missing.join('; ')}), so that a person decides.`,
  'no-entry-matches': () => 'No policy entry matches, so that it is left as it is.',
  'control-automatic': ({ control }) => `${control} is automatic.`,
  'control-not-automatic': ({ control }) => `${control} is not automatic: it waits for Close ingress.`,
  'protection-tag': ({ tag }) => `The target has the tag ${tag}, which keeps it from being closed.`,
  'protection-tag-unknown': ({ tag }) => `Whether the target has the tag ${tag} is not known.`,
  'managed-by-firewall-manager': () =>
    'Firewall Manager manages the target and would open it again: change its policy.',
  'manager-unknown': () => 'What manages the target is not known.',
  'last-way-in': ({ evidence }) =>
    `It would close the last way in that is known${evidence.length === 0 ? '' : `: ${evidence.join('; ')}`}.`,
  'other-way-in-unknown': ({ cause }) =>
    `Whether there is another way in is not known${cause === undefined ? '' : `: ${cause}`}.`,
  'closed-when-chosen-again': () => 'Close ingress, chosen again now that it has asked, closes it.',
  'automatic-held': ({ hold }) => `${hold} Close ingress closes this one.`,
  'policy-changed': ({ change }) => `${change} Close ingress closes this one.`,
  'answered-close': ({ questionId, by, comment }) =>
    `Of ${questionId} ${by} chose to have it closed${comment === undefined ? '' : `: "${comment}"`}.`,
  'closed-by-silence': ({ questionId }) => `Of ${questionId} nobody answered, and the policy closes then.`,
};

/** The text of what decided about a finding. */
export function renderDecisionReason(reason: DecisionReason): string {
  return renderReason(reason, DECISION_TEXTS);
}

export const DECISION_DOCS: ReasonDocs<DecisionReason> = {
  'entry-decides': {
    example: { entry: 'policy entry "{name}"', mode: 'ask' },
    remedy: 'Change the entry in portcullis.yaml; `portcullis policy simulate` shows what that does.',
  },
  'entry-needs-unknown': {
    example: { entry: 'policy entry "{name}"', missing: ['{fact}'] },
    remedy: 'Decide; and let the fact be read, or have an entry before it that does without.',
  },
  'no-entry-matches': {
    example: {},
    remedy: 'Choose Close ingress, or add an entry that matches.',
  },
  'control-automatic': { example: { control: 'EC2.13' }, remedy: '' },
  'control-not-automatic': {
    example: { control: 'EC2.13' },
    remedy: 'Choose Close ingress, or name the control in automatic.',
  },
  'protection-tag': {
    example: { tag: '{key}' },
    remedy: 'Choose Close ingress again to close it all the same, or take the tag away.',
  },
  'protection-tag-unknown': { example: { tag: '{key}' }, remedy: 'Choose Close ingress to close it all the same.' },
  'managed-by-firewall-manager': { example: {}, remedy: 'Change the policy of Firewall Manager.' },
  'manager-unknown': { example: {}, remedy: 'Choose Close ingress to close it all the same.' },
  'last-way-in': {
    example: { evidence: ['{evidence}'] },
    remedy: 'Open another way in first, or choose Close ingress again.',
  },
  'other-way-in-unknown': {
    example: { cause: '{cause}' },
    remedy: 'Choose Close ingress to close it all the same.',
  },
  'closed-when-chosen-again': { example: {}, remedy: 'Choose Close ingress again.' },
  'automatic-held': {
    example: { hold: '{hold}' },
    remedy: 'Choose Close ingress for this one; `portcullis brake release` lets go on what is automatic.',
  },
  'policy-changed': { example: { change: '{change}' }, remedy: 'Choose Close ingress for this one.' },
  'answered-close': { example: { questionId: '{question}', by: '{person}', comment: '{comment}' }, remedy: '' },
  'closed-by-silence': { example: { questionId: '{question}' }, remedy: '' },
};

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
