import { targetKey, type Target } from '../../core/target';

/**
 * Keys of the ledger's one table.
 *
 * | pk                     | sk                        | item                                                       |
 * |------------------------|---------------------------|------------------------------------------------------------|
 * | `TARGET#<target key>`  | `CLAIM`                   | who holds the target. Never deleted: generations only grow |
 * | `TARGET#<target key>`  | `REQUEST#<event>/…`       | a finding that somebody wants closed; answered: for 5 days |
 * | `TARGET#<target key>`  | `GIVEN-BACK`              | rules that undos put back, until a person closes them      |
 * | `TARGET#<target key>`  | `REMEDIATION#<time>#<id>` | points to a remediation of the target                      |
 * | `TARGET#<target key>`  | `CERTIFICATE#<number>`    | the target's certificates, a chain: a number is taken once |
 * | `TARGET#<target key>`  | `QUESTION#<id>`           | points to a question about the target                      |
 * | `REMEDIATION#<id>`     | `RECORD`                  | the remediation                                            |
 * | `QUESTION#<id>`        | `QUESTION`                | the question                                               |
 * | `QUESTIONS`            | `QUESTION#<id>`           | points to a question that is, or was lately, open          |
 * | `SWEEP#<id>`           | `SWEEP`                   | a sweep with its totals                                    |
 * | `SWEEP#<id>`           | `PLACE#<account>/<region>#<part>` | what it found there, kept for 30 days              |
 * | `SWEEPS`               | `LATEST`                  | the sweep that is under way, or was the last               |
 * | `BRAKE`                | `ACCOUNT#<account>`       | nothing is closed automatically in the account             |
 * | `CLOSINGS`             | time                      | how many closings that nobody chose began from then on     |
 * | `NOTICE#<channel>#…`   | `THREAD`                  | what a channel was notified about a target                 |
 * | `EXCEPTION`            | `<target key>#<id>`       | an accepted risk; kept when it has ended                   |
 * | `SLACK#REQUEST#<hash>` | `REQUEST`                 | a request of Slack that was taken: for some minutes        |
 * | `SLACK#WISH#<id>`      | `WISH`                    | what somebody wants done by a click: for some days         |
 * | `GRANT`                | `<target key>#<id>`       | access for a while; kept when it has ended                 |
 * | `READS`                | `TURN`                    | who reads findings for others at this second               |
 * | `READS`                | `UPDATES`                 | up to when the moments for updates of findings are taken   |
 * | `READS`                | `WAITING#<time>#<target key>` | waits to have its findings read: for an hour           |
 * | `TARGET#<target key>`  | `READING`                 | findings that another execution has read for it: an hour   |
 */
export const CLAIM = 'CLAIM';
export const RESTORED = 'GIVEN-BACK';
export const RECORD = 'RECORD';
export const REQUEST_PREFIX = 'REQUEST#';
export const REMEDIATION_PREFIX = 'REMEDIATION#';
export const CERTIFICATE_PREFIX = 'CERTIFICATE#';

/** What the notifier keeps, and may read: its role is held to partitions that begin so. */
export const NOTICE_PREFIX = 'NOTICE#';
export const THREAD = 'THREAD';

/** @param subject a target's key, or what else the channel was notified about */
export function threadPartition(channel: string, subject: string): string {
  return `${NOTICE_PREFIX}${channel}#${subject}`;
}

/** Not `RECORD`: reports take every item of that name for a remediation. */
export const SWEEP = 'SWEEP';
export const SWEPT_PREFIX = 'PLACE#';

/** The partition of one sweep: itself, and what it found. */
export function sweepPartition(sweepId: string): string {
  return `SWEEP#${sweepId}`;
}

/** One item: two sweeps never run at once. */
export function latestSweepKey(): { readonly pk: string; readonly sk: string } {
  return { pk: 'SWEEPS', sk: 'LATEST' };
}

/** One partition for all that is held: an account each. */
export const BRAKE = 'BRAKE';
export const ACCOUNT_PREFIX = 'ACCOUNT#';

/** The item that says that an account is held. */
export function brakeKey(account: string): { readonly pk: string; readonly sk: string } {
  return { pk: BRAKE, sk: `${ACCOUNT_PREFIX}${account}` };
}

/** One partition for who waits to have findings read, and whose turn it is. */
export const READS = 'READS';
export const TURN = 'TURN';
/** Up to when the moments are taken at which findings are updated. */
export const UPDATES = 'UPDATES';
export const WAITING_PREFIX = 'WAITING#';
/** What was read for a target's remediation, beside the target. */
export const READING = 'READING';

/** One partition for what the brake counts. */
export const CLOSINGS = 'CLOSINGS';

/** So many digits that keys of numbers sort as the numbers do. */
const SEQUENCE_DIGITS = 10;

/** The partition of one target: its claim, requests, certificates and exceptions. */
export function targetPartition(target: Target): string {
  return `TARGET#${targetKey(target)}`;
}

/** The partition of one remediation. */
export function remediationPartition(remediationId: string): string {
  return `${REMEDIATION_PREFIX}${remediationId}`;
}

/** The item of one certificate in the chain of its target; keys sort as the numbers do. */
export function certificateKey(target: Target, sequence: number): { readonly pk: string; readonly sk: string } {
  const number = String(sequence).padStart(SEQUENCE_DIGITS, '0');
  return { pk: targetPartition(target), sk: `${CERTIFICATE_PREFIX}${number}` };
}

/** One partition for all that is asked: a question each. */
export const QUESTIONS = 'QUESTIONS';
export const QUESTION_PREFIX = 'QUESTION#';

/** The item of one question. */
export function questionKey(questionId: string): { readonly pk: string; readonly sk: string } {
  return { pk: `${QUESTION_PREFIX}${questionId}`, sk: 'QUESTION' };
}

/** One partition for all exceptions, and one for all grants, so that one query lists them, or those of a target. */
export const EXCEPTION = 'EXCEPTION';
export const GRANT = 'GRANT';

/** What the keys of all items of a target in such a partition begin with. */
export function itemPrefix(target: Target): string {
  return `${targetKey(target)}#`;
}

/** What the function behind Slack's buttons writes beside questions: its role is held to partitions that begin so. */
export const SLACK_PREFIX = 'SLACK#';

/** @param hash hexadecimal digits of what names the request alone */
export function slackRequestKey(hash: string): { readonly pk: string; readonly sk: string } {
  return { pk: `${SLACK_PREFIX}REQUEST#${hash}`, sk: 'REQUEST' };
}

/** The item of what somebody in Slack wants done that no question asks about. */
export function wishKey(wishId: string): { readonly pk: string; readonly sk: string } {
  return { pk: `${SLACK_PREFIX}WISH#${wishId}`, sk: 'WISH' };
}
