import type { DecidedAnswer } from './question';

/** What somebody decided to do, to go on after `decided to`: `leave it open until 2027-01-31 00:00Z`. */
export function describeAnswer({ answer, until }: Pick<DecidedAnswer, 'answer' | 'until'>): string {
  const end = until === undefined ? '' : ` until ${until.slice(0, 10)} ${until.slice(11, 16)}Z`;
  return `${WORDS[answer]}${end}`;
}

const WORDS = { close: 'have it closed', leave: 'leave it open', accept: 'accept the risk of it' } as const;
