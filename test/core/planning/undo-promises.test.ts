import fc from 'fast-check';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { isNetworkAclStep } from '../../../src/core/planning/is-network-acl-step';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { planUndo, type UndoPlan } from '../../../src/core/planning/plan-undo';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { applyStep, permissionOf } from '../../oracle/ec2';
import { arbitraryRuleMeddling, meddleWithRules } from '../../oracle/meddling';
import { packetSamples, toFilter, type Packet } from '../../oracle/packets';

const TAG = { Key: 'portcullis:remediation', Value: 'rem-0123456789abcdef' };

const EMPTYING = [{ id: 'EC2.2', parameters: [] }] as const;

type Rules = readonly SecurityGroupRule[];

interface Scene {
  readonly group: SecurityGroup;
  /** What the closing left, and what was there when the undo came. */
  readonly left: Rules;
  readonly found: Rules;
  readonly undo: UndoPlan;
  /** From `found` on, step by step. */
  readonly states: readonly Rules[];
  readonly after: Rules;
  readonly planAgain: (current: Rules) => UndoPlan;
}

const untouched = fc.constant([]);

/** Closes a generated group, lets somebody meddle with it, and plays the undo on a model of EC2. */
function always(meddling: typeof arbitraryRuleMeddling, holds: (scene: Scene) => void): void {
  assertProperty(
    fc.property(
      arbitraryGroup,
      fc.oneof({ weight: 4, arbitrary: arbitraryControls }, { weight: 1, arbitrary: fc.constant(EMPTYING) }),
      arbitraryPolicy,
      meddling,
      fc.nat(12),
      (generated, controls, policy, changes, ran) => {
        const group = { ...generated, name: controls === EMPTYING ? 'default' : 'web' };
        const plan = planClosing({ resource: group, controls, policy });
        // A closing may have stopped in the middle.
        const steps = plan.steps.slice(0, ran === 0 ? undefined : ran);
        const left = steps.reduce<Rules>((rules, step) => applyStep(rules, step, TAG), group.rules);
        const found = meddleWithRules(named(left), changes);
        const runs = steps.map((step, i) => ({
          runId: `${TAG.Value}/0.${String(i)}`,
          step,
          end: 'effect-seen' as const,
        }));
        const planAgain = (rules: Rules): UndoPlan => planUndo({ before: group, runs, current: { ...group, rules } });
        const undo = planAgain(found);
        const states = [found];
        for (const step of undo.steps) {
          if (isNetworkAclStep(step)) throw new Error('a step about a network ACL');
          states.push(applyStep(states.at(-1) ?? [], step));
        }
        holds({ group, left, found, undo, states, after: states.at(-1) ?? [], planAgain });
      },
    ),
  );
}

describe('The promise that a closing can be undone, held against a brute-force oracle', () => {
  test('Undone: what nobody touched is as it was before, with descriptions and tags', () => {
    always(untouched, ({ group, undo, after }) => {
      expect(undo.leftAlone).toEqual([]);
      expect(contents(after)).toEqual(contents(group.rules));
    });
  });

  test('Nothing re-opened: what somebody closed since stays closed, at every moment', () => {
    always(arbitraryRuleMeddling, (scene) => {
      const [left, found] = [passage(scene.left, scene.group), passage(scene.found, scene.group)];
      const closed = samplesOf(scene).filter((packet) => left(packet) && !found(packet));
      const reopened = closed.find((packet) => scene.states.some((rules) => passage(rules, scene.group)(packet)));
      expect(reopened).toBeUndefined();
    });
  });

  test('Nothing opened: at no moment is anything open that was not before the closing or before the undo', () => {
    always(arbitraryRuleMeddling, (scene) => {
      const [before, ...all] = [scene.group.rules, ...scene.states].map((rules) => passage(rules, scene.group));
      const opened = samplesOf(scene).find(
        (packet) => !before?.(packet) && !all[0]?.(packet) && all.some((passes) => passes(packet)),
      );
      expect(opened).toBeUndefined();
    });
  });

  test('Nothing closed: what is open when the undo comes is open at every moment', () => {
    always(arbitraryRuleMeddling, (scene) => {
      const all = scene.states.map((rules) => passage(rules, scene.group));
      const closed = samplesOf(scene).find((packet) => all[0]?.(packet) && !all.every((passes) => passes(packet)));
      expect(closed).toBeUndefined();
    });
  });

  test('Rules of others stay, whatever they are', () => {
    always(arbitraryRuleMeddling, ({ found, after }) => {
      const theirs = found.filter(({ Tags = [] }) => !Tags.some(({ Key }) => Key === TAG.Key));
      expect(after).toEqual(expect.arrayContaining([...theirs]));
    });
  });

  test('Whatever of it is not taken back is said', () => {
    always(arbitraryRuleMeddling, ({ group, left, undo, after }) => {
      const [before, closed, now] = [group.rules, left, after].map((rules) => new Set(rules.map(permissionOf)));
      const stillGone = group.rules.map(permissionOf).filter((one) => !closed?.has(one) && !now?.has(one));
      const stillThere = left.map(permissionOf).filter((one) => !before?.has(one) && now?.has(one));
      expect(undo.leftAlone.length).toBeGreaterThanOrEqual(stillGone.length + stillThere.length);
    });
  });

  test('Idempotent: an undo that is planned again, at the end or in the middle, plans what is left of it', () => {
    always(arbitraryRuleMeddling, ({ undo, states, planAgain }) => {
      for (const [done, rules] of states.entries()) {
        expect(planAgain(named(rules)).steps.map(callOf)).toEqual(undo.steps.slice(done).map(callOf));
      }
    });
  });

  test('What the plan says remains is what the steps leave', () => {
    always(arbitraryRuleMeddling, ({ undo, after }) => {
      expect(contents(undo.remaining.flatMap((rule) => ('RuleNumber' in rule ? [] : [rule])))).toEqual(contents(after));
    });
  });
});

function callOf(step: UndoPlan['steps'][number]): readonly unknown[] {
  return [step.call, isNetworkAclStep(step) ? [] : contents(step.rules)];
}

/** Rules that EC2 has given ids. */
function named(rules: Rules): Rules {
  return rules.map((rule, i) => ({ SecurityGroupRuleId: `sgr-new-${String(i)}`, ...rule }));
}

function contents(rules: Rules): readonly string[] {
  return rules.map((rule) => JSON.stringify([permissionOf(rule), rule.Description, rule.Tags])).sort();
}

function passage(rules: Rules, group: SecurityGroup): (packet: Packet) => boolean {
  const filters = rules.map((rule) => toFilter(rule, group.prefixLists));
  return (packet) => filters.some((lets) => lets(packet));
}

function samplesOf({ group, left, found }: Scene): readonly Packet[] {
  return packetSamples([...group.rules, ...left, ...found], group.prefixLists, [22, 80, 443, 3389]);
}
