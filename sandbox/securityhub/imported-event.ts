import { EVENTS_PUT, type EventsPut } from '../events/bus-event';
import type { World } from '../runtime/world';
import type { StoredFinding } from './finding-store';

/**
 * Notifies every bus on which Security Hub shows the finding: the member's in its Region, the hub account's there and
 * in the aggregation Region. One finding an event.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 */
export function emitImported(world: World, { finding, account, region }: StoredFinding): void {
  for (const place of placesOf(world, { account, region })) {
    world.emit(EVENTS_PUT, {
      ...place,
      event: {
        source: 'aws.securityhub',
        'detail-type': 'Security Hub Findings - Imported',
        resources: [`${finding.ProductArn ?? ''}/${finding.Id ?? ''}`],
        detail: { findings: [finding] },
      },
    } satisfies EventsPut);
  }
}

/** Where a finding shows. */
export function placesOf(
  { hub }: Pick<World, 'hub'>,
  { account, region }: Pick<StoredFinding, 'account' | 'region'>,
): readonly { readonly account: string; readonly region: string }[] {
  const places = new Map(
    [
      { account, region },
      { account: hub.account, region },
      { account: hub.account, region: hub.region },
    ].map((place) => [`${place.account}/${place.region}`, place]),
  );
  return [...places.values()];
}
