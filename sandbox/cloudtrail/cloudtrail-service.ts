import { EVENTS_PUT, type EventsPut } from '../events/bus-event';
import { callEnded, type CallEnded, type Service } from '../runtime/operation';
import { REQUEST_PARAMETERS } from './request-parameters';
import { toCloudTrailRecord } from './to-cloudtrail-record';

/**
 * CloudTrail, as far as EventBridge hears of it: every call that may change security groups or network ACLs is an event
 * on the default bus of its account and Region, failed calls with an `errorCode`. Delivered at once and always, unlike
 * in AWS. It has no trails and answers no calls.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function createCloudTrail(): Service {
  return {
    signingName: 'cloudtrail',
    protocol: 'awsJson1_1',
    schemas: {},
    operations: {},
    start: (world) => {
      world.on(callEnded, (payload) => {
        // Published under this name by the runtime only, with this type.
        const ended = payload as CallEnded;
        if (ended.service !== 'ec2' || !Object.hasOwn(REQUEST_PARAMETERS, ended.operation)) return;
        const { account, region } = ended.call;
        const detail = toCloudTrailRecord(ended, world);
        const event = { source: 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail', resources: [], detail };
        world.emit(EVENTS_PUT, { account, region, event } satisfies EventsPut);
      });
    },
  };
}
