import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** How the calls of a plan went, and why no more of them are made. */
export type RunReason =
  | {
      readonly code: 'service-failed';
      /** What the service answered, or why it did not, in a sentence. */
      readonly cause: string;
    }
  | {
      readonly code: 'runbook-failed';
      /** What SSM or EC2 said. */
      readonly cause: string;
    }
  | { readonly code: 'rule-changed-meanwhile' }
  | { readonly code: 'entry-changed-meanwhile'; readonly ruleNumber: number }
  | { readonly code: 'gone-meanwhile' }
  | { readonly code: 'success-not-shown' }
  | {
      readonly code: 'no-effect-shown';
      /** Missing where SSM did not say it. */
      readonly executionId?: string;
      readonly seconds: number;
    }
  | {
      readonly code: 'stopped-at-call';
      readonly call: string;
      /** From 1. */
      readonly number: number;
      readonly of: number;
      /** Calls behind it that did not run. */
      readonly notRun: number;
    }
  | { readonly code: 'refused-by-quota' }
  | { readonly code: 'kept-changing'; readonly plans: number }
  | { readonly code: 'tried-again'; readonly times: number };

export const RUN_TEXTS: ReasonTexts<RunReason> = {
  'service-failed': ({ cause }) => cause,
  'runbook-failed': ({ cause }) => `Runbook: ${cause}`,
  'rule-changed-meanwhile': () => 'Somebody changed a rule that was to be revoked.',
  'entry-changed-meanwhile': ({ ruleNumber }) =>
    `Somebody changed entry ${String(ruleNumber)} since the plan was made.`,
  'gone-meanwhile': () => 'The resource is gone.',
  'success-not-shown': () => 'The runbook succeeded, but the rules do not show it.',
  'no-effect-shown': ({ executionId = '(id unknown)', seconds }) =>
    `Runbook execution ${executionId} shows no effect after ${String(seconds)} seconds.`,
  'stopped-at-call': ({ call, number, of, notRun }) => {
    const calls = notRun === 1 ? 'call' : `${String(notRun)} calls`;
    const rest = notRun === 0 ? '' : `; the ${calls} behind it did not run`;
    return `That was ${call}, call ${String(number)} of ${String(of)}${rest}.`;
  },
  'refused-by-quota': () => 'EC2 refused more than its quota allows.',
  'kept-changing': ({ plans }) => `The rules kept changing, ${String(plans)} plans were made.`,
  'tried-again': ({ times }) => `Tried ${String(times)} times.`,
};

/** The text of how a call went. */
export function renderRunReason(reason: RunReason): string {
  return renderReason(reason, RUN_TEXTS);
}

const AGAIN = 'When the cause is gone, choose the action again.';

export const RUN_DOCS: ReasonDocs<RunReason> = {
  'service-failed': { example: { cause: '{cause}' }, remedy: AGAIN },
  'runbook-failed': {
    example: { cause: '{cause}' },
    remedy: 'Look at the execution in Systems Manager, Automation, of the member account.',
  },
  'rule-changed-meanwhile': { example: {}, remedy: '' },
  'entry-changed-meanwhile': { example: { ruleNumber: 100 }, remedy: '' },
  'gone-meanwhile': { example: {}, remedy: '' },
  'success-not-shown': { example: {}, remedy: 'Look at what else writes the rules of the target.' },
  'no-effect-shown': {
    example: { executionId: '{executionId}', seconds: 120 },
    remedy: 'Look at the execution in Systems Manager, Automation, of the member account.',
  },
  'stopped-at-call': { example: { call: '{call}', number: 2, of: 5, notRun: 3 }, remedy: AGAIN },
  'refused-by-quota': { example: {}, remedy: 'Have the quota raised, or remove rules.' },
  'kept-changing': {
    example: { plans: 3 },
    remedy: 'Look at what else writes the rules of the target, such as infrastructure as code.',
  },
  'tried-again': { example: { times: 3 }, remedy: AGAIN },
};
