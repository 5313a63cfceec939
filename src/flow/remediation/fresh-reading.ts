import type { RemediationRequest } from '../ports';

/** As long as a finding may wait between its reading and its closing anyway. */
const BELIEVED_MILLIS = 30_000;

/**
 * What the dispatcher has read is believed for half a minute, on a target on which nothing of ours has happened yet: a
 * closing before it would have changed the finding.
 *
 * @param at when the request was taken up, ISO 8601, UTC
 */
export function withFreshReading(request: RemediationRequest, at: string): RemediationRequest {
  const ageMillis = Date.parse(at) - Date.parse(request.seen?.at ?? '');
  return ageMillis <= BELIEVED_MILLIS ? request : withoutReading(request);
}

/** The request, whose findings are read anew. */
export function withoutReading({ seen: _, ...request }: RemediationRequest): RemediationRequest {
  return request;
}
