import { EVENTS_PUT, type EventsPut } from '../../events/bus-event';
import type { DurableExecution } from './durable-execution';

/** https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html#durable-monitoring-eventbridge */
export function announceStatus({ world, arn, name, target, state }: DurableExecution): void {
  const { config, qualifiedArn } = target.version;
  const payload: EventsPut = {
    account: config.account,
    region: config.region,
    event: {
      source: 'aws.lambda',
      'detail-type': 'Durable Execution Status Change',
      resources: [],
      detail: {
        durableExecutionArn: arn,
        durableExecutionName: name,
        functionArn: qualifiedArn,
        status: state.status,
        startTimestamp: new Date(state.startMillis).toISOString(),
        ...(state.endMillis === undefined ? {} : { endTimestamp: new Date(state.endMillis).toISOString() }),
      },
    },
  };
  world.emit(EVENTS_PUT, payload);
}
