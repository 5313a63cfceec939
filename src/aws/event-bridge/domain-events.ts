import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { effectOf } from '../../core/messages/matter';
import { failure } from '../../core/result';
import type {
  BrakeEvent,
  BrakeEvents,
  DomainEvent,
  DomainEvents,
  Metrics,
  ReopenedEvent,
  ReopeningEvents,
  ReportEvent,
  ReportEvents,
  SweepEvent,
  SweepEvents,
} from '../../flow/ports';
import { attempt } from '../aws-failure';
import { countEvent } from '../cloudwatch/count-event';

const EVENT_SOURCE = 'portcullis';

/**
 * Domain events on the bus of the deployment.
 *
 * @param counts where there is a dashboard: what is on the bus is counted for it
 */
export function createDomainEvents(
  client: EventBridgeClient,
  busName: string,
  counts?: Metrics,
): DomainEvents & ReopeningEvents & BrakeEvents & SweepEvents & ReportEvents {
  return {
    async publish(event: DomainEvent | ReopenedEvent | BrakeEvent | SweepEvent | ReportEvent) {
      const { detailType, detail } = event;
      const sent = await attempt(`The event "${detailType}" could not be put on the bus ${busName}`, () =>
        client.send(
          new PutEventsCommand({
            Entries: [
              {
                EventBusName: busName,
                Source: EVENT_SOURCE,
                DetailType: detailType,
                Resources: 'target' in detail ? [detail.target.arn] : [],
                Detail: JSON.stringify({ matter: effectOf(detailType), ...detail }),
              },
            ],
          }),
        ),
      );
      if (!sent.ok) return sent;
      // PutEvents answers 200 and says entry by entry what did not work.
      const refused = sent.value.Entries?.find((entry) => entry.ErrorCode !== undefined);
      if (refused === undefined) {
        if (counts) countEvent(event, counts);
        return { ok: true, value: undefined };
      }
      return failure({
        code: refused.ErrorCode === 'ThrottlingException' ? 'throttled' : 'unavailable',
        retryable: true,
        cause: `The bus ${busName} refused "${detailType}": ${refused.ErrorCode ?? ''}: ${refused.ErrorMessage ?? ''}`,
      });
    },
  };
}
