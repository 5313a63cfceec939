import { describeSome } from '../updates/sentences';
import type { ReasonDocs, ReasonTexts } from './reason';

/** What a preview says that closing would change, leave and ask. Rules stand in the words of plans and notes. */
export type PreviewReason =
  | { readonly code: 'would-change-nothing' }
  | { readonly code: 'would-change'; readonly done: 'revoked' | 'replaced' | 'deleted' | 'added'; readonly rules: Some }
  /** `asked` are the texts of the plan's `askReasons`, which stand as data beside the plan. */
  | { readonly code: 'decision-needed-first'; readonly asked: readonly string[] }
  /** `kinds`: `2 network interfaces`, a text a kind. */
  | { readonly code: 'attached-now'; readonly kinds: readonly string[]; readonly items: Some }
  | { readonly code: 'nothing-attached' }
  | { readonly code: 'attachments-unreadable'; readonly cause: string }
  /** `what` words the context, which stands as data beside it in the record. */
  | { readonly code: 'context-seen'; readonly what: string }
  /** `tcp 80 from 0.0.0.0/0`, a text a source. */
  | { readonly code: 'open-afterwards'; readonly rules: readonly string[] }
  | { readonly code: 'nothing-open' };

/** The first of a list that may be long, and how many the whole list has. */
export interface Some {
  readonly shown: readonly string[];
  readonly count: number;
}

export const PREVIEW_TEXTS: ReasonTexts<PreviewReason> = {
  'would-change-nothing': () => 'Nothing violates any more: closing would change nothing.',
  'would-change': ({ done, rules: { shown, count } }) => describeSome(`Would be ${done}`, shown, count),
  'decision-needed-first': ({ asked }) => `A person must decide first: ${asked.join(' ')}`,
  'attached-now': ({ kinds, items: { shown, count } }) =>
    `Attached: ${kinds.join(' and ')}: ${shown.join(', ')}${count > shown.length ? ', …' : ''}.`,
  'nothing-attached': () => 'Nothing is attached.',
  'attachments-unreadable': ({ cause }) => `What is attached could not be read: ${cause}`,
  'context-seen': ({ what }) => what,
  'open-afterwards': ({ rules }) =>
    `Open to the internet afterwards: ${rules.length === 0 ? 'nothing' : rules.join('; ')}.`,
  'nothing-open': () => 'Nothing on it is open to the internet that a control forbids.',
};

export const PREVIEW_DOCS: ReasonDocs<PreviewReason> = {
  'would-change-nothing': { example: {}, remedy: '' },
  'would-change': {
    example: { done: 'revoked', rules: { shown: ['{rule}', '{rule}'], count: 6 } },
    remedy: 'Choose Close ingress to have it done.',
  },
  'decision-needed-first': {
    example: { asked: ['{text}'] },
    remedy: 'Decide; `askReasons` of the plan say what each text is made of.',
  },
  'attached-now': {
    example: { kinds: ['1 network interface'], items: { shown: ['{eni}'], count: 1 } },
    remedy: 'Ask its owner, where it may need what would go.',
  },
  'nothing-attached': { example: {}, remedy: '' },
  'attachments-unreadable': { example: { cause: '{cause}' }, remedy: 'When the cause is gone, choose Preview again.' },
  'context-seen': { example: { what: '{context}' }, remedy: '`context` of the record has it as data.' },
  'open-afterwards': { example: { rules: ['{traffic} from {source}'] }, remedy: '' },
  'nothing-open': { example: {}, remedy: '' },
};
