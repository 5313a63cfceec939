import type { AskedQuestion } from '../questions/asked-question';

/** Until when a question may be answered, how, and what silence means; the short form leaves out the command. */
export function describeAsked({ questionId, until, onSilence }: AskedQuestion): {
  readonly whole: string;
  readonly short: string;
} {
  const when = `Until ${until.slice(0, 10)} ${until.slice(11, 16)}Z`;
  const then = onSilence === 'close' ? 'then it is closed' : 'then it stays as it is';
  return {
    whole: `${when}: Close ingress, or portcullis approve ${questionId}; ${then}.`,
    short: `${when}: Close ingress; ${then}.`,
  };
}
