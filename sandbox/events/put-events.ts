import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';

import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';
import { toBusEvent, type BusEvent } from './bus-event';
import { busArn, toBusName, type Buses } from './buses';
import { routeEvent } from './route-event';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;
const MAX_REQUEST_BYTES = 1_048_576;

/**
 * Takes 1 to 10 events of together 1 MiB, and answers for each whether it went to its bus; one bad entry fails alone.
 * Sources that begin with `aws.` are for an account's administrator, who plays AWS's services here.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function createPutEvents(buses: Buses): Operation<PutEventsRequest, PutEventsResponse> {
  return {
    permissions: ({ Entries = [] }, context) =>
      [...new Set(Entries.map(({ EventBusName }) => targetBusArn(EventBusName, context)))].map((resource) => ({
        action: 'events:PutEvents',
        resource,
      })),
    handle: ({ Entries = [] }, context) => {
      if (Entries.length === 0 || Entries.length > MAX_ENTRIES) {
        throw new AwsError(
          'ValidationException',
          `Entries must have 1 to ${MAX_ENTRIES} members, not ${Entries.length}`,
        );
      }
      const bytes = Entries.reduce((sum, { Detail = '' }) => sum + Buffer.byteLength(Detail), 0);
      if (bytes > MAX_REQUEST_BYTES) {
        throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
      }
      const results = Entries.map((entry) => putOne(buses, entry, context));
      return {
        FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
        Entries: results,
      };
    },
  };
}

function putOne(buses: Buses, entry: PutEventsRequestEntry, context: CallContext): PutEventsResultEntry {
  const { Source, DetailType, Detail, Resources = [], Time, EventBusName } = entry;
  if (!Source) return missing('Source');
  if (!DetailType) return missing('DetailType');
  if (Detail === undefined) return missing('Detail');
  // Only administrators may play an AWS service, and so a console click: a deployed role is refused as in AWS.
  if (Source.startsWith('aws.') && context.principal.kind !== 'account') {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = parseDetail(Detail);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const bus = buses.find(...busPlace(EventBusName, context));
  if (!bus)
    return { ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${toBusName(EventBusName)} does not exist.` };
  const event = toBusEvent(
    { source: Source, 'detail-type': DetailType, resources: Resources, detail },
    {
      world: context.world,
      account: context.principal.account,
      region: context.region,
      ...(Time ? { atMillis: Time.getTime() } : {}),
    },
  );
  routeEvent(context.world, buses, bus, event);
  return { EventId: event.id };
}

function missing(parameter: string): PutEventsResultEntry {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${parameter} is a required argument.`,
  };
}

function parseDetail(json: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(json);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

function busPlace(
  nameOrArn: string | undefined,
  context: CallContext,
): [account: string, region: string, name: string] {
  const arn = parseArn(nameOrArn ?? '');
  return [arn?.account ?? context.account, arn?.region ?? context.region, toBusName(nameOrArn)];
}

function targetBusArn(nameOrArn: string | undefined, context: CallContext): string {
  const [account, region, name] = busPlace(nameOrArn, context);
  return busArn(context.world, { account, region, name });
}

/** How a rule's event-bus target is reached. Not an AWS operation: it exists inside the sandbox only. */
export function createForwardEvent(
  buses: Buses,
): Operation<{ readonly EventBusArn: string; readonly Event: BusEvent }, Record<string, never>> {
  return {
    permissions: ({ EventBusArn }) => [{ action: 'events:PutEvents', resource: EventBusArn }],
    handle: ({ EventBusArn, Event }, context) => {
      const bus = buses.get(context.account, context.region, EventBusArn);
      routeEvent(context.world, buses, bus, Event);
      return {};
    },
  };
}
