import * as schemas from '@aws-sdk/client-eventbridge';
import type { ListEventBusesResponse } from '@aws-sdk/client-eventbridge';

import { parseArn } from '../runtime/arn';
import type { Operation, Service } from '../runtime/operation';
import { EVENTS_PUT, toBusEvent, type EventsPut } from './bus-event';
import { busArn, Buses, policyOf } from './buses';
import { createProvisioners } from './provisioners';
import { createForwardEvent, createPutEvents } from './put-events';
import { routeEvent } from './route-event';
import { createRuleOperations } from './rules';

/** EventBridge: buses, rules with patterns, targets (SQS, SNS, Lambda, other buses), dead letters. No schedules. */
export function createEvents(): Service {
  const buses = new Buses();
  const ListEventBuses: Operation<object, ListEventBusesResponse> = {
    permissions: () => [{ action: 'events:ListEventBuses', resource: '*' }],
    handle: (_input, { world, account, region }) => ({
      EventBuses: buses.list(account, region).map((bus) => ({ Name: bus.name, Arn: busArn(world, bus) })),
    }),
  };
  return {
    signingName: 'events',
    protocol: 'awsJson1_1',
    schemas,
    operations: {
      PutEvents: createPutEvents(buses),
      ForwardEvent: createForwardEvent(buses),
      ListEventBuses,
      ...createRuleOperations(buses),
    },
    provisioners: createProvisioners(buses),
    resourcePolicy: (resourceArn) => {
      const arn = parseArn(resourceArn);
      const bus = arn?.resource.startsWith('event-bus/') ? buses.find(arn.account, arn.region, resourceArn) : undefined;
      return bus && policyOf(bus);
    },
    inspect: {
      failedInvocations: () => buses.failedInvocations,
    },
    start: (world) => {
      world.on(EVENTS_PUT, (payload) => {
        // Published under this name by the sandbox's own services only, with this type.
        const { account, region, busName, event } = payload as EventsPut;
        routeEvent(world, buses, buses.get(account, region, busName), toBusEvent(event, { world, account, region }));
      });
    },
  };
}
