import * as schemas from '@aws-sdk/client-cloudtrail';
import { EVENTS_PUT, type EventsPut } from '../events/bus-event';
import { callEnded, type CallEnded, type Service } from '../runtime/operation';
import { EventHistory } from './event-history';
import { REQUEST_PARAMETERS } from './request-parameters';
import { Trails } from './trails';
import { toCloudTrailRecord } from './to-cloudtrail-record';

/**
 * CloudTrail, as far as security groups and network ACLs go: every call that may change them is an event on the default
 * bus of its account and Region, and in the event history that LookupEvents answers from; failed calls with an
 * `errorCode`. Delivered at once and always, unlike in AWS, whatever becomes of the trail that there is.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function createCloudTrail(): Service {
  const history = new EventHistory();
  const trails = new Trails();
  return {
    signingName: 'cloudtrail',
    protocol: 'awsJson1_1',
    schemas,
    operations: {
      DescribeTrails: trails.describe,
      GetTrailStatus: trails.getStatus,
      LookupEvents: history.lookUp,
      StopLogging: trails.stop,
    },
    start: (world) => {
      world.on(callEnded, (payload) => {
        // Published under this name by the runtime only, with this type.
        const ended = payload as CallEnded;
        if (ended.service !== 'ec2' || !Object.hasOwn(REQUEST_PARAMETERS, ended.operation)) return;
        const { account, region } = ended.call;
        const detail = toCloudTrailRecord(ended, world);
        history.add(detail, { account, region });
        const event = { source: 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail', resources: [], detail };
        world.emit(EVENTS_PUT, { account, region, event } satisfies EventsPut);
      });
    },
  };
}
