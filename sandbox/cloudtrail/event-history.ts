import type { Event, LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import type { CloudTrailRecord } from './to-cloudtrail-record';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const EVENTS_A_PAGE = 50;
const DAYS = 90;

/** The calls of each account and Region that CloudTrail reports, for LookupEvents; there at once, unlike in AWS. */
export class EventHistory {
  readonly #places = new Regional((): CloudTrailRecord[] => []);

  add(record: CloudTrailRecord, { account, region }: { readonly account: string; readonly region: string }): void {
    this.#places.at(account, region).push(record);
  }

  readonly lookUp: Operation<LookupEventsRequest, LookupEventsResponse> = {
    permissions: () => [{ action: 'cloudtrail:LookupEvents', resource: '*' }],
    handle: (input, { account, region, world }) => {
      const { LookupAttributes = [], MaxResults = EVENTS_A_PAGE, NextToken, StartTime, EndTime } = input;
      if (MaxResults < 1 || MaxResults > EVENTS_A_PAGE) {
        throw new AwsError('InvalidMaxResultsException', 'The max results value is invalid: it is 1 to 50.');
      }
      const [attribute, ...others] = LookupAttributes;
      if (others.length > 0) {
        throw new AwsError('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
      }
      const since = Math.max(world.clock.now() - DAYS * 86_400_000, StartTime?.getTime() ?? 0);
      const until = EndTime?.getTime() ?? Infinity;
      const found = this.#places
        .at(account, region)
        .filter(({ eventTime }) => Date.parse(eventTime) >= since && Date.parse(eventTime) <= until)
        .map(toEvent)
        .filter((event) => matches(event, attribute?.AttributeKey, attribute?.AttributeValue))
        .toReversed();
      const begin = NextToken === undefined ? 0 : Number(NextToken);
      if (!Number.isInteger(begin)) throw new AwsError('InvalidNextTokenException', 'The token is invalid.');
      const end = begin + MaxResults;
      return { Events: found.slice(begin, end), ...(end < found.length ? { NextToken: String(end) } : {}) };
    },
  };
}

function toEvent(record: CloudTrailRecord): Event {
  const { groupId, networkAclId, ModifySecurityGroupRulesRequest } = (record.requestParameters ?? {}) as {
    readonly groupId?: string;
    readonly networkAclId?: string;
    readonly ModifySecurityGroupRulesRequest?: { readonly GroupId?: string };
  };
  const { groupId: madeId } = (record.responseElements ?? {}) as { readonly groupId?: string };
  const group = groupId ?? ModifySecurityGroupRulesRequest?.GroupId ?? madeId;
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    EventTime: new Date(record.eventTime),
    EventSource: record.eventSource,
    Resources: [
      ...(group === undefined ? [] : [{ ResourceType: 'AWS::EC2::SecurityGroup', ResourceName: group }]),
      ...(networkAclId === undefined ? [] : [{ ResourceType: 'AWS::EC2::NetworkAcl', ResourceName: networkAclId }]),
    ],
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** @throws AwsError for keys that the sandbox does not look up by. */
function matches(event: Event, key: string | undefined, value: string | undefined): boolean {
  switch (key) {
    case undefined:
      return true;
    case 'ResourceName':
      return (event.Resources ?? []).some(({ ResourceName }) => ResourceName === value);
    case 'EventName':
      return event.EventName === value;
    case 'EventId':
      return event.EventId === value;
    default:
      throw new AwsError('InvalidLookupAttributesException', `The sandbox looks events up by no ${key}.`);
  }
}
