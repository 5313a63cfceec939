import fc from 'fast-check';
import { runsInEffect } from '../../../../src/core/ledger/runs-in-effect';
import type { SecurityGroup, SecurityGroupRule } from '../../../../src/core/network/security-group-rule';
import { isNetworkAclStep } from '../../../../src/core/planning/network-acls/is-network-acl-step';
import { planClosing } from '../../../../src/core/planning/plan-closing';
import { planUndo } from '../../../../src/core/planning/undo/plan-undo';
import type { UndoPlan } from '../../../../src/core/planning/undo/undo-plan';
import { REMEDIATION_TAG } from '../../../../src/core/planning/undo/undo-rules';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../../oracle/arbitrary-group';
import { assertProperty } from '../../../oracle/assert-property';
import { named, remediationTag, ruleStates, runsOf } from '../../../oracle/closings';
import { permissionOf } from '../../../oracle/ec2';
import { arbitraryRuleMeddling, meddleWithRules } from '../../../oracle/meddling';
import { packetSamples, predicateOf, type Packet } from '../../../oracle/packets';

const ID = 'rem-0123456789abcdef';

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
  /** Whether the closing ran to its end. */
  readonly isWhole: boolean;
  /** @param done how many steps of the undo were seen to take effect */
  readonly planAgain: (current: Rules, done?: number) => UndoPlan;
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
        const left = ruleStates(group.rules, steps, remediationTag(ID)).at(-1) ?? [];
        const found = meddleWithRules(named(left), changes);
        const runs = runsOf(steps, ID);
        const undo = planUndo({ before: group, runs, current: { ...group, rules: found } });
        const planAgain = (rules: Rules, done = 0): UndoPlan => {
          const seen = [{ runs: runsOf(undo.steps.slice(0, done), ID) }];
          return planUndo({ before: group, runs: runsInEffect(runs, seen), current: { ...group, rules } });
        };
        const states = ruleStates(found, undo.steps);
        holds({
          group,
          left,
          found,
          undo,
          states,
          after: states.at(-1) ?? [],
          isWhole: steps.length === plan.steps.length,
          planAgain,
        });
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
      const [left, found] = [
        predicateOf(scene.left, scene.group.prefixLists),
        predicateOf(scene.found, scene.group.prefixLists),
      ];
      const closed = samplesOf(scene).filter((packet) => left(packet) && !found(packet));
      const reopened = closed.find((packet) =>
        scene.states.some((rules) => predicateOf(rules, scene.group.prefixLists)(packet)),
      );
      expect(reopened).toBeUndefined();
    });
  });

  test('Nothing opened: at no moment is anything open that was not before the closing or before the undo', () => {
    always(arbitraryRuleMeddling, (scene) => {
      const [before, ...all] = [scene.group.rules, ...scene.states].map((rules) =>
        predicateOf(rules, scene.group.prefixLists),
      );
      const opened = samplesOf(scene).find(
        (packet) => !before?.(packet) && !all[0]?.(packet) && all.some((passes) => passes(packet)),
      );
      expect(opened).toBeUndefined();
    });
  });

  test('Nothing closed: what is open when the undo comes is open at every moment', () => {
    always(arbitraryRuleMeddling, (scene) => {
      const all = scene.states.map((rules) => predicateOf(rules, scene.group.prefixLists));
      // Where the closing stopped, what it had added may stand in for nothing: then only what others hold open counts.
      const theirs = scene.found.filter(({ Tags = [] }) => !Tags.some(({ Key }) => Key === REMEDIATION_TAG));
      const counts = scene.isWhole ? all[0] : predicateOf(theirs, scene.group.prefixLists);
      const closed = samplesOf(scene).find((packet) => counts?.(packet) && !all.every((passes) => passes(packet)));
      expect(closed).toBeUndefined();
    });
  });

  test('Rules of others stay, whatever they are', () => {
    always(arbitraryRuleMeddling, ({ found, after }) => {
      const theirs = found.filter(({ Tags = [] }) => !Tags.some(({ Key }) => Key === 'portcullis:remediation'));
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
        const rest = undo.steps.slice(done).map(callOf);
        expect(planAgain(named(rules)).steps.map(callOf)).toEqual(rest);
        expect(planAgain(named(rules), done).steps.map(callOf)).toEqual(rest);
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

function contents(rules: Rules): readonly string[] {
  return rules.map((rule) => JSON.stringify([permissionOf(rule), rule.Description, rule.Tags])).sort();
}

function samplesOf({ group, left, found }: Scene): readonly Packet[] {
  return packetSamples([...group.rules, ...left, ...found], group.prefixLists, [22, 80, 443, 3389]);
}
