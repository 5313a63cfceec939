import type { IsolationReason } from '../reasons/isolation-reasons';
import type { Isolable } from './isolable';
import { sameGroups, type InterfaceGroups, type IsolatingGroup, type ReplaceGroups } from './isolation';

/** What would give the interfaces of an isolated target their groups back. */
export interface RestoringPlan {
  readonly steps: readonly ReplaceGroups[];
  /** What is not given back, or not wholly, and why. */
  readonly leftAlone: readonly IsolationReason[];
}

/**
 * Gives every interface exactly the groups that are recorded of it. One whose groups somebody has changed since is left
 * alone, and a group that does not exist any more is said; an interface must have one group at least.
 *
 * @param before as the isolation recorded it
 * @param isolating the groups that it put there
 */
export function planRestoring(
  before: readonly InterfaceGroups[],
  isolating: readonly Pick<IsolatingGroup, 'id'>[],
  { interfaces, existing }: Pick<Isolable, 'interfaces' | 'existing'>,
): RestoringPlan {
  const steps: ReplaceGroups[] = [];
  const leftAlone: IsolationReason[] = [];
  for (const { interfaceId, groups: had } of before) {
    const now = interfaces.find((one) => one.interfaceId === interfaceId);
    if (now === undefined) {
      leftAlone.push({ code: 'isolated-interface-gone', interface: interfaceId });
      continue;
    }
    const there = had.filter((id) => existing.includes(id));
    const gone = had.filter((id) => !existing.includes(id));
    if (sameGroups(now.groups, had)) continue;
    if (gone.length > 0) leftAlone.push({ code: 'recorded-groups-gone', interface: interfaceId, groups: gone });
    if (gone.length > 0 && (there.length === 0 || sameGroups(now.groups, there))) continue;
    if (!isolating.some(({ id }) => sameGroups(now.groups, [id]))) {
      leftAlone.push({ code: 'isolated-groups-changed', interface: interfaceId, now: now.groups });
      continue;
    }
    const call = 'ModifyNetworkInterfaceAttribute' as const;
    steps.push({ call, interfaceId, expected: now.groups, groups: there });
  }
  return { steps, leftAlone };
}
