import { groupsToScan, openGroups } from '../../bench/scanners/groups-to-scan';
import { parseTargets } from '../../src/core/network/parse-targets';
import { planClosing } from '../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import type { Resource } from '../../src/core/resource';

test('the planner finds exactly the groups that were made open, over IPv4 and IPv6', () => {
  const targets = parseTargets(groupsToScan(40));
  if (!targets.ok) throw new Error(JSON.stringify(targets.error));
  const isOpen = (resource: Resource) =>
    planClosing({ resource, controls: [{ id: 'EC2.13', parameters: [] }], policy: DEFAULT_PLAN_POLICY }).violations
      .length > 0;
  const found = targets.value.filter(isOpen).map(({ id }) => id);
  expect(found.sort()).toEqual(openGroups(40));
  expect(found).toHaveLength(8);
});
