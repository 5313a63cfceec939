import type { HowEnded } from '../exceptions/risk-exception';
import type { ReasonDocs, ReasonTexts } from './reason';

/** Why a target stays open by exceptions, or what keeps a risk from being accepted. */
export type ExceptionReason =
  /** `what` describes each: what may stay open, until when, by whom and why; it is data in `exceptions` beside it. */
  | { readonly code: 'open-by-exception'; readonly exceptions: readonly string[]; readonly what: string }
  | { readonly code: 'nothing-open-beyond' }
  | { readonly code: 'closed-beyond' }
  | { readonly code: 'risk-not-accepted'; readonly cause: string }
  | { readonly code: 'exception-not-written'; readonly cause: string }
  | { readonly code: 'decided-meanwhile'; readonly how: string }
  | { readonly code: 'exceptions-ended'; readonly exceptions: readonly string[]; readonly how: HowEnded };

const HOW: Readonly<Record<HowEnded, string>> = {
  due: 'its time is over',
  'by-hand': 'it was ended by hand',
  lifted: 'somebody took its finding out of SUPPRESSED',
  removed: 'portcullis.yaml does not have it any more',
};

export const EXCEPTION_TEXTS: ReasonTexts<ExceptionReason> = {
  'open-by-exception': ({ what }) => what,
  'nothing-open-beyond': () => 'Nothing is open beyond it.',
  'closed-beyond': () => 'What was open beyond it is closed, and read back.',
  'risk-not-accepted': ({ cause }) => cause,
  'exception-not-written': ({ cause }) =>
    `What its exception covers stays open, but that could not be written down: ${cause}`,
  'decided-meanwhile': ({ how }) => `Nothing was accepted: ${how}`,
  'exceptions-ended': ({ exceptions, how }) => `Exception ${exceptions.join(', ')} has ended: ${HOW[how]}.`,
};

export const EXCEPTION_DOCS: ReasonDocs<ExceptionReason> = {
  'open-by-exception': {
    example: {
      exceptions: ['{exception}'],
      what: '{what} may stay open until {time}, by exception {exception} of {person}.',
    },
    remedy: '`portcullis exceptions end` ends it before its time.',
  },
  'nothing-open-beyond': { example: {}, remedy: '' },
  'closed-beyond': { example: {}, remedy: '' },
  'risk-not-accepted': { example: { cause: '{cause}' }, remedy: 'When the cause is gone, choose Accept risk again.' },
  'exception-not-written': {
    example: { cause: '{cause}' },
    remedy: 'When the cause is gone, choose Close ingress again.',
  },
  'decided-meanwhile': { example: { how: '{how}' }, remedy: 'Look at what was decided.' },
  'exceptions-ended': { example: { exceptions: ['{exception}'], how: 'due' }, remedy: 'Decide anew.' },
};
