import type { Difference } from '../conformance/differences';

/** A difference between the sandbox and another emulator that stays, with AWS's documentation as the judge. */
export interface KnownDifference {
  readonly peer: 'moto' | 'ministack';
  readonly calls: readonly string[];
  /** The steps where it shows; every step with these calls where none is named. */
  readonly steps?: readonly string[];
  readonly path: string;
  /** What each of them says; anything where it is not named. */
  readonly sandbox?: RegExp;
  readonly answer?: RegExp;
  /** Whom the documentation bears out. Where it would be the peer, the sandbox is to be mended instead. */
  readonly right: 'sandbox' | 'either';
  readonly because: string;
  /** Page of AWS's documentation. */
  readonly judge: string;
}

export function explains(known: KnownDifference, difference: Difference): boolean {
  return (
    known.calls.includes(difference.call) &&
    (known.steps === undefined || known.steps.includes(difference.step)) &&
    known.path === difference.path &&
    (known.sandbox === undefined || known.sandbox.test(difference.sandbox)) &&
    (known.answer === undefined || known.answer.test(difference.peer))
  );
}

export const api = (operation: string): string =>
  `https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_${operation}.html`;
export const errors = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html';
export const guide = (page: string): string => `https://docs.aws.amazon.com/vpc/latest/userguide/${page}.html`;

export const outcome = '(outcome)';

/** Moto takes what AWS refuses: the sandbox's error is documented. */
export function accepted(
  call: string,
  steps: readonly string[],
  code: string,
  judge: string,
  because: string,
): KnownDifference {
  const [sandbox, answer] = [new RegExp(`^${code}$`), /^success$/];
  return { peer: 'moto', calls: [call], steps, path: outcome, sandbox, answer, right: 'sandbox', because, judge };
}

/** What the SDK makes of an answer that is no error of the protocol. */
export const CRASH = /^(Error|SyntaxError)$/;

/** Moto fails with a 500 of its own. */
export function crashes(call: string, steps: readonly string[], judge: string, because: string): KnownDifference {
  return {
    peer: 'moto',
    calls: [call],
    steps,
    path: outcome,
    answer: CRASH,
    right: 'sandbox',
    because,
    judge,
  };
}

/** Moto leaves a documented member out. */
export function leftOut(
  calls: readonly string[],
  path: string,
  judge: string,
  because: string,
  sandbox?: RegExp,
): KnownDifference {
  const said = sandbox === undefined ? {} : { sandbox };
  return { peer: 'moto', calls, path, ...said, answer: /^nothing$/, right: 'sandbox', because, judge };
}
