import fc from 'fast-check';
import { runsInEffect } from '../../../../src/core/ledger/runs-in-effect';
import { entryKey } from '../../../../src/core/network/network-acl-entry';
import { planClosing } from '../../../../src/core/planning/plan-closing';
import { planUndo } from '../../../../src/core/planning/undo/plan-undo';
import { arbitraryAcl, arbitraryAclPolicy } from '../../../oracle/arbitrary-acl';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../../oracle/arbitrary-group';
import { assertProperty } from '../../../oracle/assert-property';
import { entryStates, named, remediationTag, ruleStates, runsOf } from '../../../oracle/closings';
import { permissionOf } from '../../../oracle/ec2';
import { aclPackets, letsIn } from '../../../oracle/network-acl';
import { packetSamples, predicateOf } from '../../../oracle/packets';

const ID = 'rem-0123456789abcdef';
const EC2_21 = [{ id: 'EC2.21', parameters: [] }] as const;

/** How far an undo came when it broke off, and what of it somebody took back then: a bit a step. */
const interruption = fc.record({ done: fc.nat(12), takenBack: fc.nat(4095) });

describe('The promise that an undo which broke off re-opens nothing when it is asked for again', () => {
  test('of a security group: what somebody closed after the first undo had put it back stays closed', () => {
    assertProperty(
      fc.property(arbitraryGroup, arbitraryControls, arbitraryPolicy, interruption, (group, controls, policy, at) => {
        const { steps } = planClosing({ resource: group, controls, policy });
        const left = named(ruleStates(group.rules, steps, remediationTag(ID)).at(-1) ?? []);
        const runs = runsOf(steps, ID);
        const first = planUndo({ before: group, runs, current: { ...group, rules: left } }).steps;
        const done = at.done % (first.length + 1);
        const undone = ruleStates(left, first)[done] ?? [];
        const taken = new Set(
          first
            .slice(0, done)
            .filter(({ call }, i) => (at.takenBack >> i) & 1 && call.startsWith('Authorize'))
            .flatMap(({ rules }) => rules.flatMap((rule) => ('IpProtocol' in rule ? [permissionOf(rule)] : []))),
        );
        const found = named(undone).filter((rule) => !taken.has(permissionOf(rule)));
        const seen = [{ runs: runsOf(first.slice(0, done), ID) }];
        const second = planUndo({
          before: group,
          runs: runsInEffect(runs, seen),
          current: { ...group, rules: found },
        });
        const states = ruleStates(found, second.steps);
        const [before, ...later] = [undone, ...states].map((rules) => predicateOf(rules, group.prefixLists));
        const packets = packetSamples([...group.rules, ...left], group.prefixLists, [22, 80, 443, 3389]);
        const reopened = packets.find(
          (packet) => before?.(packet) && !later[0]?.(packet) && later.some((passes) => passes(packet)),
        );
        expect(reopened).toBeUndefined();
      }),
    );
  });

  test('of a network ACL: what somebody closed after the first undo had put it back stays closed', () => {
    assertProperty(
      fc.property(arbitraryAcl, arbitraryAclPolicy, interruption, (acl, policy, at) => {
        const { steps } = planClosing({ resource: acl, controls: EC2_21, policy });
        const left = entryStates(acl.entries, steps).at(-1) ?? [];
        const runs = runsOf(steps, ID);
        const first = planUndo({ before: acl, runs, current: { ...acl, entries: left } }).steps;
        const done = at.done % (first.length + 1);
        const undone = entryStates(left, first)[done] ?? [];
        const taken = new Set(
          first
            .slice(0, done)
            .filter((_, i) => (at.takenBack >> i) & 1)
            .flatMap(({ rules }) => rules.flatMap((entry) => ('RuleNumber' in entry ? [entryKey(entry)] : []))),
        );
        const found = [
          ...undone.filter((entry) => !taken.has(entryKey(entry))),
          ...left.filter((entry) => taken.has(entryKey(entry))),
        ];
        const seen = [{ runs: runsOf(first.slice(0, done), ID) }];
        const current = { ...acl, entries: found };
        const second = planUndo({ before: acl, runs: runsInEffect(runs, seen), current });
        const [before, ...later] = [undone, ...entryStates(found, second.steps)].map(letsIn);
        const reopened = aclPackets([...acl.entries, ...left]).find(
          (packet) => before?.(packet) && !later[0]?.(packet) && later.some((passes) => passes(packet)),
        );
        expect(reopened).toBeUndefined();
      }),
    );
  });
});

describe('The promise that what was undone can be closed again', () => {
  test('of a security group: exactly what the first closing left', () => {
    assertProperty(
      fc.property(arbitraryGroup, arbitraryControls, arbitraryPolicy, (group, controls, policy) => {
        const close = (rules: typeof group.rules) => {
          const { steps } = planClosing({ resource: { ...group, rules }, controls, policy });
          return { steps, left: named(ruleStates(rules, steps, remediationTag(ID)).at(-1) ?? []) };
        };
        const { steps, left } = close(group.rules);
        const undo = planUndo({ before: group, runs: runsOf(steps, ID), current: { ...group, rules: left } });
        const undone = named(ruleStates(left, undo.steps).at(-1) ?? []);
        expect(contents(close(undone).left)).toEqual(contents(left));
      }),
    );
  });

  test('of a network ACL: exactly what the first closing left', () => {
    assertProperty(
      fc.property(arbitraryAcl, arbitraryAclPolicy, (acl, policy) => {
        const close = (entries: typeof acl.entries) => {
          const { steps } = planClosing({ resource: { ...acl, entries }, controls: EC2_21, policy });
          return { steps, left: entryStates(entries, steps).at(-1) ?? [] };
        };
        const { steps, left } = close(acl.entries);
        const undo = planUndo({ before: acl, runs: runsOf(steps, ID), current: { ...acl, entries: left } });
        const undone = entryStates(left, undo.steps).at(-1) ?? [];
        const texts = (entries: typeof left) => entries.map((entry) => JSON.stringify(entry, FIELDS)).sort();
        expect(texts(close(undone).left)).toEqual(texts(left));
      }),
    );
  });
});

/** In one order. */
const FIELDS = [
  ...['RuleNumber', 'Egress', 'RuleAction', 'Protocol', 'CidrBlock', 'Ipv6CidrBlock'],
  ...['PortRange', 'From', 'To', 'IcmpTypeCode', 'Type', 'Code'],
];

/** Without descriptions: where two rules leave the same open, it carries those of the one that EC2 lists first. */
function contents(rules: Parameters<typeof named>[0]): readonly string[] {
  return rules.map(permissionOf).sort();
}
