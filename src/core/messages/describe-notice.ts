import { truncateText } from './truncate-text';
import { howToUndo } from './how-to-undo';
import type { Notice } from './notice';

/** A newer version may name events that are not known here. */
const MAX_KIND = 128;

const TITLES: ReadonlyMap<string, string> = new Map([
  ['Ingress Closed', 'Ingress closed'],
  ['Closing Undone', 'Closing undone: it is open again'],
  ['Remediation Failed', 'Could not be closed, or nobody could tell'],
  ['Verification Failed', 'What was done is not what was planned'],
  ['Decision Needed', 'A person must decide'],
  ['Decision Made', 'Decided: it stays open'],
  ['Decision Missed', 'Nobody decided in time: it stays open'],
  ['Opening Noted', 'Open, and left open by the policy'],
  ['Ingress Reopened', 'Opened again after it was closed'],
  ['Risk Accepted', 'Risk accepted: it stays open'],
  ['Exception Ending', 'An exception ends soon'],
  ['Exception Ended', 'An exception has ended'],
  ['Sweep Finished', 'Everything was read'],
  ['Report Ready', 'A report is ready'],
  ['Found Closed', 'Closed by somebody else'],
  ['Target Gone', 'Gone, and with it what was open'],
  ['Opening Excepted', 'All that is open is excepted'],
  ['Question Settled', 'Settled without an answer'],
  ['Brake Engaged', 'Nothing is closed by itself any more'],
  ['Brake Released', 'Closing by itself goes on'],
  ['Access Granted', 'Access granted for a while'],
  ['Access Ended', 'Granted access has ended'],
  ['Digest', 'Digest'],
  ['Target Isolated', 'Isolated'],
  ['Isolation Undone', 'Isolation undone'],
  ['Request Refused', 'What somebody asked for was not done'],
  ['Test', 'Test'],
]);

/** A few words: what happened, and to what. */
export function titleOf({ kind, target, remediation, question }: Notice): string {
  const isIsolation =
    kind === 'Remediation Failed' && (target?.kind === 'instance' || target?.kind === 'network-interface');
  const words = isIsolation
    ? `Could not ${remediation?.action ?? 'isolate'}, or nobody could tell`
    : (TITLES.get(kind) ?? (truncateText(kind.replace(/\s+/g, ' ').trim(), MAX_KIND) || 'Event'));
  const what = question?.isReminder === true ? `Still nobody has answered: ${words}` : words;
  return target === undefined ? what : `${what}: ${target.id} in ${target.account}/${target.region}`;
}

/** The one fact that has several lines, of our own making: names of others in it are in quotes. */
export const OWNER_MUST_CHANGE = 'Its owner must change';

/**
 * What people need to know beside the summary: names and values, the last of them in lines, in the order in which they
 * are read.
 */
export function factsOf(notice: Notice): readonly (readonly [name: string, value: string])[] {
  const { target, controls, severity, occurredAt, remediation, question, reopening, findings } = notice;
  const { grant, known, wouldChange, ownerMustChange = [] } = notice;
  const undo = howToUndo(notice);
  return [
    ...(target === undefined
      ? []
      : ([
          ['Target', target.id],
          ['Account', target.account],
          ['Region', target.region],
        ] as const)),
    ...(controls.length === 0 ? [] : [['Controls', controls.join(', ')] as const]),
    ...(severity === undefined ? [] : [['Severity', severity] as const]),
    ['When', occurredAt],
    ...(reopening === undefined ? [] : [['Opened by', `${reopening.by} from ${reopening.sourceIp}`] as const]),
    ...(remediation === undefined
      ? []
      : ([
          ['Decided by', remediation.decidedBy],
          ['Remediation', remediation.id],
        ] as const)),
    ...(grant === undefined
      ? []
      : ([
          ['Grant', `${grant.id} until ${grant.until}`],
          ['Why', grant.reason],
        ] as const)),
    ...(question === undefined
      ? []
      : ([
          ['Question', question.id],
          ['Answer until', `${question.until}; without an answer: ${question.onSilence}`],
        ] as const)),
    ...(wouldChange === undefined || wouldChange === '' ? [] : [['What closing does', wouldChange] as const]),
    ...(known === undefined || known === '' ? [] : [['What is known', known] as const]),
    ...(findings.notUpdated === 0 ? [] : [['Findings not updated', String(findings.notUpdated)] as const]),
    ...(undo === undefined ? [] : [['To undo', undo] as const]),
    ...(ownerMustChange.length === 0 ? [] : [[OWNER_MUST_CHANGE, ownerMustChange.join('\n')] as const]),
  ];
}
