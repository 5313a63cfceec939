import { renderCount } from './render-count';
import type { Report } from './report';
import { unresolved } from './tally';

/** The figures that people are notified of when a report is there. */
export interface Headline {
  readonly checks: number;
  readonly notSettled: number;
  readonly open: number;
  readonly waiting: number;
  readonly failed: number;
  readonly overdue: number;
  readonly reopened: number;
  readonly closed: number;
  readonly excepted: number;
  /** Findings, records and exceptions that could not be read. */
  readonly notUnderstood: number;
  /** Percent; missing where nothing counts. */
  readonly score?: number;
}

/** What a report comes to. */
export function headlineOf({ overall, notUnderstood }: Report): Headline {
  const { byStatus, total, waiting, overdue, reopened, excepted, score } = overall;
  return {
    checks: total,
    notSettled: unresolved(overall),
    open: byStatus.open,
    waiting,
    failed: byStatus.failed,
    overdue,
    reopened,
    closed: byStatus.closed,
    excepted,
    notUnderstood: notUnderstood.reduce((sum, { count }) => sum + count, 0),
    ...(score === undefined ? {} : { score }),
  };
}

/** The same in a sentence or two. */
export function describeHeadline(headline: Headline): string {
  const { checks, notSettled, waiting, failed, overdue, closed, notUnderstood } = headline;
  const also = [
    ...(waiting > 0 ? [`${renderCount(waiting)} wait for a person`] : []),
    ...(overdue > 0 ? [`${renderCount(overdue)} are overdue`] : []),
    ...(failed > 0 ? [`${renderCount(failed)} failed`] : []),
  ];
  return [
    `${renderCount(notSettled)} of ${renderCount(checks)} checks are unresolved${also.length === 0 ? '' : ` (${also.join(', ')})`};`,
    `${renderCount(closed)} are closed.`,
    ...(notUnderstood === 0 ? [] : [`${renderCount(notUnderstood)} entries could not be read.`]),
  ].join(' ');
}
