import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { checkMember } from '../../flow/doctor/check-members';
import { HUB_CHECKS, type HubPorts } from '../../flow/doctor/hub-checks';
import { createHubPorts } from './hub-ports';
import type { Print } from './print-checks';

export interface HubToCheck {
  /** Of the hub. */
  readonly account: string;
  readonly prefix: string;
  readonly accounts: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
}

/** So many members are checked at once: each check is an execution of the orchestrator. */
const MEMBERS_AT_ONCE = 8;

/** Checks the hub, and then the members. */
export async function checkHub(hub: HubToCheck, operator: OperatorAdapters, print: Print): Promise<void> {
  const { account, prefix, regions = [] } = hub;
  const ports = createHubPorts(operator, { account, prefix, regions });
  for (const check of HUB_CHECKS) print(await check(ports));
  await inMembers(await placesOf(hub, ports), async (place) => {
    print([await checkMember(place.account, place.region, ports)]);
  });
}

interface Place {
  readonly account: string;
  readonly region: string;
}

/** Of all that Security Hub administers, where nobody has named any. */
async function placesOf(
  { accounts, regions }: HubToCheck,
  { deployment, account: hub, region: hubRegion }: HubPorts,
): Promise<readonly Place[]> {
  const members = accounts === undefined ? await deployment.fetchMembers() : undefined;
  const all = accounts ?? [...new Set([hub, ...(members?.ok === true ? members.value : [])])];
  return all.flatMap((account) => (regions ?? [hubRegion]).map((region) => ({ account, region })));
}

async function inMembers(places: readonly Place[], check: (place: Place) => Promise<void>): Promise<void> {
  const waiting = [...places];
  const work = async (): Promise<void> => {
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) await check(place);
  };
  await Promise.all(Array.from({ length: Math.min(MEMBERS_AT_ONCE, places.length) }, work));
}
