import fc from 'fast-check';
import { controlOf } from '../../../src/core/controls/control-registry';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Resource } from '../../../src/core/resource';
import { toHeldControls } from '../../../src/core/detection/controls-to-hold';
import { sweepResource } from '../../../src/core/sweeping/sweep-resource';
import { arbitraryAcl } from '../../oracle/arbitrary-acl';
import { arbitraryGroup } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';

const BASELINE = { tcp: [{ from: 5900, to: 5910 }], udp: [{ from: 53, to: 53 }] };
const CONTROLS = toHeldControls({ baseline: BASELINE });

/** `EC2.13 sgr-…`: what the planner says when it is asked about one control at a time. */
function plannedOneByOne(resource: Resource): readonly string[] {
  return CONTROLS.flatMap((control) => {
    const of = controlOf(control.id).resource;
    const isOfBoth = of === 'security-group-or-network-acl';
    if (!isOfBoth && (of === 'network-acl') !== (resource.kind === 'network-acl')) return [];
    const { violations } = planClosing({ resource, controls: [control], policy: DEFAULT_PLAN_POLICY });
    return violations.map((each) => `${control.id} ${'ruleId' in each ? each.ruleId : String(each.ruleNumber)}`);
  }).sort();
}

function swept(resource: Resource): readonly string[] {
  return sweepResource(resource, CONTROLS)
    .violations.flatMap((each) =>
      each.controls.map((control) => `${control} ${'ruleId' in each ? each.ruleId : String(each.ruleNumber)}`),
    )
    .sort();
}

test('of any group a scan says what the planner says of it, control by control', () => {
  assertProperty(
    fc.property(arbitraryGroup, fc.constantFrom('web', 'default'), (group, name) => {
      expect(swept({ ...group, name })).toEqual(plannedOneByOne({ ...group, name }));
    }),
  );
});

test('of any network ACL but a default one a scan says what the planner says of it', () => {
  assertProperty(
    fc.property(arbitraryAcl, (acl) => {
      expect(swept(acl)).toEqual(acl.isDefault ? [] : plannedOneByOne(acl));
    }),
  );
});
