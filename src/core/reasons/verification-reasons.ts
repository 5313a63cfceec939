import { asSentence, describeSome, sentences } from '../updates/sentences';
import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** Why what was done is not called closed or undone, though the flow came to its end; or why it did not. */
export type VerificationReason =
  | {
      readonly code: 'verification-unclear';
      /** What cannot be determined, a text each. */
      readonly unclear: readonly string[];
    }
  | {
      readonly code: 'not-verified';
      /** Rules that are there and in no plan, in their words. */
      readonly added: readonly string[];
      /** Rules that are gone and in no plan. */
      readonly gone: readonly string[];
      /** What the verification says, a text each. */
      readonly broken: readonly string[];
    }
  | { readonly code: 'account-not-held'; readonly cause: string }
  | { readonly code: 'ended-unexpectedly'; readonly cause: string };

export const VERIFICATION_TEXTS: ReasonTexts<VerificationReason> = {
  'verification-unclear': ({ unclear }) => `The independent verification cannot tell: ${unclear.join('; ')}.`,
  // What was done beyond the plan, rule by rule; where no rule shows it, what the verification says.
  'not-verified': ({ added, gone, broken }) => {
    const rules = sentences(describeSome('There, and in no plan', added), describeSome('Gone, and in no plan', gone));
    return rules === '' ? broken.map(asSentence).join(' ') : rules;
  },
  'account-not-held': ({ cause }) => `The account could not be held: ${cause}`,
  'ended-unexpectedly': ({ cause }) => `Something unexpected ended the remediation: ${cause}`,
};

/** The text of why something is not called closed or undone. */
export function renderVerificationReason(reason: VerificationReason): string {
  return renderReason(reason, VERIFICATION_TEXTS);
}

export const VERIFICATION_DOCS: ReasonDocs<VerificationReason> = {
  'verification-unclear': {
    example: { unclear: ['{unclear}'] },
    remedy: 'Look at the target, and take it for open; `portcullis verify` says more.',
  },
  'not-verified': {
    example: { added: ['{rule}'], gone: ['{rule}'], broken: [] },
    remedy: 'Look at the target and at the runbooks of the account; then `portcullis brake release --account ACCOUNT`.',
  },
  'account-not-held': {
    example: { cause: '{cause}' },
    remedy: 'Keep automatic closing from the account until somebody has looked, such as by removing its role.',
  },
  'ended-unexpectedly': {
    example: { cause: '{cause}' },
    remedy: "Look at the target, and take it for open; the function's log says more.",
  },
};
