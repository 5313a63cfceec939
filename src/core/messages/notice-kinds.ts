/**
 * What the bus reports, by the detail types of its events. Of another type a channel is notified as well, in its
 * event's own words: a newer part of Portcullis may put events that this list does not name yet.
 */
export const NOTICE_KINDS = [
  'Ingress Closed',
  'Closing Undone',
  'Remediation Failed',
  'Verification Failed',
  'Decision Needed',
  'Decision Made',
  'Decision Missed',
  'Opening Noted',
  'Ingress Reopened',
  'Risk Accepted',
  'Exception Ending',
  'Exception Ended',
  'Sweep Finished',
  'Report Ready',
  'Found Closed',
  'Target Gone',
  'Opening Excepted',
  'Question Settled',
  'Brake Engaged',
  'Brake Released',
  'Access Granted',
  'Access Ended',
  'Target Isolated',
  'Isolation Undone',
  'Request Refused',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What `portcullis notify test` sends: no filter keeps it back. */
export const TEST_KIND = 'Test';

/** What is put straight into the queue of mail, on a schedule: no filter keeps it back. */
export const DIGEST_KIND = 'Digest';

/** What is not of the bus: somebody wants this channel to say it, whatever its filters are for. */
export function isForOneChannel(kind: string): boolean {
  return kind === TEST_KIND || kind === DIGEST_KIND;
}
