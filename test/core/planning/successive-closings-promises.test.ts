import fc from 'fast-check';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { SecurityGroupStep } from '../../../src/core/planning/plan';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { planUndo } from '../../../src/core/planning/undo/plan-undo';
import type { UndoPlan } from '../../../src/core/planning/undo/undo-plan';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { named, remediationTag, ruleStates, runsOf } from '../../oracle/closings';
import { permissionOf } from '../../oracle/ec2';
import { packetSamples, predicateOf, type Packet } from '../../oracle/packets';

const FIRST = 'rem-0000000000000001';
const SECOND = 'rem-0000000000000002';

type Rules = readonly SecurityGroupRule[];

interface Closing {
  readonly before: SecurityGroup;
  readonly steps: readonly SecurityGroupStep[];
  readonly left: Rules;
}

interface Scene {
  readonly group: SecurityGroup;
  readonly first: Closing;
  /** Made on what somebody had made of what the first one left. */
  readonly second: Closing;
  readonly undoFirst: UndoPlan;
  /** Of undoing the first closing, while the second one stands. */
  readonly states: readonly Rules[];
  readonly undo: (closing: Closing, id: string, current: Rules) => Rules;
}

const request = fc.record({ controls: arbitraryControls, policy: arbitraryPolicy });

/**
 * A bit a rule: of what the first closing added is taken away, of what it revoked is made again. After the second one
 * somebody may have opened everything.
 */
const bits = fc.oneof(fc.nat(255), fc.constant(255));
const reopening = fc.record({ removed: bits, remade: bits, isWideOpen: fc.boolean() });

const untouched = fc.constant({ removed: 0, remade: 0, isWideOpen: false });

const WIDE_OPEN: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-wide-open',
  IsEgress: false,
  IpProtocol: '-1',
  CidrIpv4: '0.0.0.0/0',
};

/** The later closing is often the same again, as when somebody opens what was closed. */
const later = fc.oneof(request, fc.constant('the same' as const));

/** Closes a group, lets somebody open it again, closes it again, and takes the first closing back. */
function always(between: typeof reopening, holds: (scene: Scene) => void): void {
  assertProperty(
    fc.property(arbitraryGroup, request, between, later, (group, one, { removed, remade, isWideOpen }, other) => {
      const close = (rules: Rules, { controls, policy }: typeof one, id: string): Closing => {
        const before = { ...group, rules };
        const { steps } = planClosing({ resource: before, controls, policy });
        return { before, steps, left: named(ruleStates(rules, steps, remediationTag(id)).at(-1) ?? []) };
      };
      const first = close(group.rules, one, FIRST);
      const kept = first.left.filter((rule, i) => idOf(rule) !== FIRST || !((removed >> (i % 8)) & 1));
      const again = group.rules
        .filter((rule, i) => (remade >> (i % 8)) & 1 && !kept.some((each) => permissionOf(each) === permissionOf(rule)))
        .map((rule, i) => ({ ...rule, SecurityGroupRuleId: `sgr-again-${String(i)}` }));
      const second = close([...kept, ...again], other === 'the same' ? one : other, SECOND);
      const undo = (closing: Closing, id: string, current: Rules): Rules => {
        const { steps, leftAlone } = undoPlan(closing, id, current);
        expect(leftAlone).toEqual([]);
        return named(ruleStates(current, steps).at(-1) ?? []);
      };
      const isNew = !second.left.some((rule) => permissionOf(rule) === permissionOf(WIDE_OPEN));
      const found = isWideOpen && isNew ? [...second.left, WIDE_OPEN] : second.left;
      const undoFirst = undoPlan(first, FIRST, found, [...second.before.rules, ...second.left]);
      holds({ group, first, second, undoFirst, states: ruleStates(found, undoFirst.steps), undo });
    }),
  );
}

describe('The promise that an undo respects a later closing of the same group', () => {
  test('What the later one closed stays closed while the earlier one is undone', () => {
    always(reopening, (scene) => {
      const [open, ...later] = [scene.second.before.rules, ...scene.states].map((rules) => predicate(rules, scene));
      const reopened = samplesOf(scene).find(
        (packet) => open?.(packet) && !later[0]?.(packet) && later.some((passes) => passes(packet)),
      );
      expect(reopened).toBeUndefined();
    });
  });

  test('Rules that the later one made stay', () => {
    always(reopening, ({ second, states }) => {
      const theirs = second.left.filter((rule) => idOf(rule) === SECOND);
      expect(states.at(-1)).toEqual(expect.arrayContaining(theirs));
    });
  });

  test('Where the later one narrowed to the same rule again, what both are remainders of stays closed', () => {
    always(reopening, (scene) => {
      const added = new Set(rulesOf(scene.first.steps, 'Authorize').map(permissionOf));
      const narrowedAgain = scene.second.left.filter((rule) => idOf(rule) === SECOND && added.has(permissionOf(rule)));
      const restored = rulesOf(scene.undoFirst.steps, 'Authorize');
      const [again, back] = [predicate(narrowedAgain, scene), predicate(restored, scene)];
      expect(samplesOf(scene).find((packet) => again(packet) && back(packet))).toBeUndefined();
    });
  });

  test('Nothing closed: what is open when the undo comes is open at every moment', () => {
    always(reopening, (scene) => {
      const all = scene.states.map((rules) => predicate(rules, scene));
      const closed = samplesOf(scene).find((packet) => all[0]?.(packet) && !all.every((passes) => passes(packet)));
      expect(closed).toBeUndefined();
    });
  });

  test('Taken back one after the other, the later one first, both leave the group as it was', () => {
    always(untouched, ({ group, first, second, undo }) => {
      const once = undo(second, SECOND, second.left);
      expect(contents(once)).toEqual(contents(first.left));
      expect(contents(undo(first, FIRST, once))).toEqual(contents(group.rules));
    });
  });
});

function undoPlan({ before, steps }: Closing, id: string, rules: Rules, openLater: Rules = []): UndoPlan {
  return planUndo({ before, runs: runsOf(steps, id), current: { ...before, rules }, openLater });
}

function idOf({ Tags = [] }: SecurityGroupRule): string | undefined {
  return Tags.find(({ Key }) => Key === remediationTag('').Key)?.Value;
}

function rulesOf(steps: UndoPlan['steps'], verb: 'Authorize' | 'Revoke'): Rules {
  return steps
    .filter(({ call }) => call.startsWith(verb))
    .flatMap(({ rules }) => rules.flatMap((rule) => ('IpProtocol' in rule ? [rule] : [])));
}

function predicate(rules: Rules, { group }: Scene): (packet: Packet) => boolean {
  return predicateOf(rules, group.prefixLists);
}

function samplesOf({ group, second }: Scene): readonly Packet[] {
  return packetSamples([...group.rules, ...second.left], group.prefixLists, [22, 80, 443, 3389]);
}

function contents(rules: Rules): readonly string[] {
  return rules.map((rule) => JSON.stringify([permissionOf(rule), rule.Description, rule.Tags])).sort();
}
