import type { World } from '../runtime/world';
import type { BusEvent } from './bus-event';
import type { Bus, Buses } from './buses';
import { deliver } from './deliver';
import { matchesEventPattern } from './event-pattern';

/** Puts an event on a bus. Delivery goes on by itself, as in AWS: the sender does not wait and hears of no failure. */
export function routeEvent(world: World, buses: Buses, bus: Bus, event: BusEvent): void {
  const deliveries = [...bus.rules.values()]
    .filter((rule) => rule.state === 'ENABLED' && matchesEventPattern(rule.pattern, event))
    .flatMap((rule) => [...rule.targets.values()].map((target) => ({ rule, target })));
  for (const { rule, target } of deliveries) {
    const delivered = deliver({
      world,
      bus,
      rule,
      target,
      event,
      recordFailure: (failure) => buses.failedInvocations.push(failure),
    });
    void world.clock.busy(delivered);
  }
}
