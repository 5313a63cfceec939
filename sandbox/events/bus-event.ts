import type { World } from '../runtime/world';

/** An event as patterns and targets see it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** Whole seconds: `2026-01-31T12:00:00Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** What the sender of an event says; the bus adds the rest. */
export type NewEvent = Pick<BusEvent, 'detail-type' | 'source' | 'resources' | 'detail'>;

/**
 * Signal by which another service of the sandbox puts an event on a bus of an account and Region, as AWS services do
 * (`world.emit(EVENTS_PUT, payload satisfies EventsPut)`).
 */
export const EVENTS_PUT = 'events:put';

export interface EventsPut {
  readonly account: string;
  readonly region: string;
  /** The default bus when absent. */
  readonly busName?: string;
  readonly event: NewEvent;
}

/**
 * The envelope around an event: version, an id of its own, account, Region, and its time truncated to whole seconds.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 * @param place `atMillis` is the sender's time; default: now
 */
export function toBusEvent(
  event: NewEvent,
  place: { readonly world: World; readonly account: string; readonly region: string; readonly atMillis?: number },
): BusEvent {
  const { world, account, region, atMillis = world.clock.now() } = place;
  return {
    version: '0',
    id: world.uuid(),
    'detail-type': event['detail-type'],
    source: event.source,
    account,
    time: new Date(atMillis).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: event.resources,
    detail: event.detail,
  };
}
