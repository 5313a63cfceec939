import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** Why a finding, as Security Hub holds it, needs no work. */
export type SkipReason =
  | { readonly code: 'finding-archived' }
  | { readonly code: 'finding-suppressed' }
  | { readonly code: 'control-passes' }
  | { readonly code: 'finding-not-new'; readonly workflow: string }
  | { readonly code: 'closing-was-undone' }
  | {
      readonly code: 'control-not-failed';
      /** Missing on a finding without one. */
      readonly status?: string;
    };

/** Parts of a sentence: "Nothing to do: the finding is archived." */
export const SKIP_TEXTS: ReasonTexts<SkipReason> = {
  'finding-archived': () => 'the finding is archived',
  'finding-suppressed': () => 'the finding is suppressed',
  'control-passes': () => 'the control passes',
  'finding-not-new': ({ workflow }) => `the finding is ${workflow}, and only NEW ones are closed automatically`,
  'closing-was-undone': () => 'a closing of the finding was undone, and only a person closes it again',
  'control-not-failed': ({ status = 'missing' }) =>
    `the control's status is ${status}, and only FAILED ones are closed automatically`,
};

/** Part of a sentence: why a finding needs no work. */
export function renderSkipReason(reason: SkipReason): string {
  return renderReason(reason, SKIP_TEXTS);
}

export const SKIP_DOCS: ReasonDocs<SkipReason> = {
  'finding-archived': { example: {}, remedy: '' },
  'finding-suppressed': {
    example: {},
    remedy: 'Set the workflow status to NEW in Security Hub if it shall be closed.',
  },
  'control-passes': { example: {}, remedy: '' },
  'finding-not-new': { example: { workflow: 'NOTIFIED' }, remedy: 'Choose Close ingress.' },
  'closing-was-undone': { example: {}, remedy: 'Choose Close ingress.' },
  'control-not-failed': { example: { status: 'WARNING' }, remedy: 'Choose Close ingress, or wait for the next check.' },
};
