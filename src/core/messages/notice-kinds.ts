/**
 * What the bus tells of, by the detail types of its events. Of another type a channel is told as well, in its event's own
 * words: a newer part of Portcullis may put events that this list does not name yet.
 */
export const NOTICE_KINDS = [
  'Ingress Closed',
  'Closing Undone',
  'Remediation Failed',
  'Verification Failed',
  'Decision Needed',
  'Decision Made',
  'Opening Noted',
  'Ingress Reopened',
  'Risk Accepted',
  'Exception Ending',
  'Exception Ended',
  'Sweep Finished',
] as const;

/** What `portcullis notify test` sends: no filter keeps it back. */
export const TEST_KIND = 'Test';

/** Read on a dashboard, and no matter that anybody is woken for: the event of a sweep comes every day. */
export function isNews({ kind }: { readonly kind: string }): boolean {
  return kind === 'Sweep Finished';
}

/** Read back as closed: what people were told of before is over, for the controls that the event names. */
export function endsMatter({ kind }: { readonly kind: string }): boolean {
  return kind === 'Ingress Closed';
}
