import { LookupEventsCommand, type CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { isTraced } from '../../core/context/to-opened-by';
import { parseTrailCall, type Trail, type TrailCall } from '../../core/context/trail-call';
import type { Plan } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';
import { failure, success } from '../../core/result';
import type { Target } from '../../core/target';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';

/**
 * CloudTrail takes two calls a second from everybody in an account and Region; what lies further back is said to be
 * more.
 */
const MOST_PAGES = 4;

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const EVENTS_A_PAGE = 50;

/**
 * Changes of a target in the 90 days that CloudTrail's event history goes back, newest first, until the calls that made
 * what violates are among them. No trail is needed; events of the last minutes may be missing.
 */
export async function lookUpTrail(
  client: CloudTrailClient,
  { id, account, region }: Target,
  resource: Resource,
  plan: Plan,
): PortResult<Trail> {
  const calls: TrailCall[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await attempt('cloudtrail:LookupEvents', () =>
      client.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: id }],
          MaxResults: EVENTS_A_PAGE,
          NextToken,
        }),
      ),
    );
    if (!found.ok) return found;
    const { Events: events } = found.value;
    if (events === undefined) {
      const cause = 'cloudtrail:LookupEvents: the answer holds no list';
      return failure({ code: 'unknown', retryable: false, cause });
    }
    for (const { CloudTrailEvent = '' } of events) {
      const call = parseTrailCall(CloudTrailEvent, { account, region });
      if (call.ok) calls.push(call.value);
    }
    NextToken = found.value.NextToken;
    if (NextToken === undefined || NextToken === '' || isTraced(plan, resource, calls)) {
      return success({ calls, more: false });
    }
  }
  return success({ calls, more: true });
}
