import type { Change } from './change';

/** The sweep that found it first. */
export const FOUND_BY_FIELD = 'portcullis/FoundBy';

/** One sentence: who made the call, from where, with what, when. */
export function describeActor({ call, at, actor, eventId }: Change, hasOpened: boolean): string {
  if (call === 'sweep') return `Found by sweep ${eventId} at ${at}; who opened it, and when, is not known.`;
  if (call === 'watch') return `Found open again by a look at ${at}; who opened it, and when, is not known.`;
  const did = hasOpened ? 'Opened' : 'Last changed';
  return `${did} by ${actor.arn} from ${actor.sourceIp} with ${actor.userAgent}, by ${call} at ${at}.`;
}

/** The same for machines, as fields of the product on a finding. */
export function actorFields(change: Change, hasOpened: boolean): Readonly<Record<string, string>> {
  const { eventId, call, at, actor } = change;
  if (call === 'sweep' || call === 'watch') {
    return { 'portcullis/Change': describeActor(change, hasOpened), [FOUND_BY_FIELD]: eventId };
  }
  return {
    'portcullis/Change': describeActor(change, hasOpened),
    [hasOpened ? 'portcullis/OpenedBy' : 'portcullis/ChangedBy']: actor.arn,
    'portcullis/SourceIp': actor.sourceIp,
    'portcullis/UserAgent': actor.userAgent,
    'portcullis/Call': call,
    'portcullis/EventTime': at,
    'portcullis/EventId': eventId,
  };
}
