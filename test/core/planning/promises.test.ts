import fc from 'fast-check';
import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { SecurityGroupPlan } from '../../../src/core/planning/plan';
import { planClosing } from '../../../src/core/planning/plan-closing';
import type { PlanPolicy } from '../../../src/core/planning/plan-policy';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { applyStep } from '../../oracle/ec2';
import { forbids, violatingRules, isIn } from '../../oracle/forbidden';
import { packetSamples, predicateOf, type Packet } from '../../oracle/packets';

interface Scene {
  readonly group: SecurityGroup;
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
  readonly plan: SecurityGroupPlan;
  /** Rules before the first step, between steps, and after the last one. */
  readonly states: readonly (readonly SecurityGroupRule[])[];
}

/** Plans a generated group and plays the plan's steps on a model of EC2, which throws where EC2 would refuse. */
function always(holds: (scene: Scene) => void): void {
  assertProperty(
    fc.property(arbitraryGroup, arbitraryControls, arbitraryPolicy, (group, controls, policy) => {
      const plan = planClosing({ resource: group, controls, policy });
      const states = [group.rules];
      for (const step of plan.steps) states.push(applyStep(states.at(-1) ?? [], step));
      holds({ group, controls, policy, plan, states });
    }),
  );
}

describe('The promises of the planner, held against a brute-force oracle', () => {
  test('Closed: nothing that the controls forbid is open afterwards, unless a person is asked', () => {
    always(({ group, controls, plan, states }) => {
      if (plan.ask.length > 0) return;
      expect([...violatingRules({ ...group, rules: lastOf(states) }, controls)]).toEqual([]);
    });
  });

  test('Nothing opened: at no moment can anybody reach what they could not reach before', () => {
    always((scene) => {
      const [before, ...later] = predicates(scene);
      const opened = samplesOf(scene).find((packet) => !before?.(packet) && later.some((passes) => passes(packet)));
      expect(opened).toBeUndefined();
    });
  });

  test('Smallest cut: only what a violating rule let in is lost, and every other rule is the same as before', () => {
    always((scene) => {
      const { group, controls, states } = scene;
      const violating = violatingRules(group, controls);
      const compliant = group.rules.filter((rule) => !violating.has(rule));
      expect(lastOf(states)).toEqual(expect.arrayContaining(compliant));

      const [before, after, fromViolating] = [group.rules, lastOf(states), [...violating]].map((rules) =>
        predicateOf(rules, group.prefixLists),
      );
      const lost = samplesOf(scene).find((packet) => before?.(packet) && !after?.(packet) && !fromViolating?.(packet));
      expect(lost).toBeUndefined();
    });
  });

  test('Under close, the public ports of a violating rule stay reachable', () => {
    always((scene) => {
      if (scene.policy.strategy !== 'close') return;
      const [before, after] = [predicates(scene).at(0), predicates(scene).at(-1)];
      const lost = samplesOf(scene).find((packet) => isPublic(packet, scene) && before?.(packet) && !after?.(packet));
      expect(lost).toBeUndefined();
    });
  });

  test('No gap: what is reachable before and afterwards is reachable at every moment in between', () => {
    always((scene) => {
      const all = predicates(scene);
      const [before, after] = [all.at(0), all.at(-1)];
      const interrupted = samplesOf(scene).find(
        (packet) => before?.(packet) && after?.(packet) && !all.every((passes) => passes(packet)),
      );
      expect(interrupted).toBeUndefined();
    });
  });

  test('Idempotent: planning what a plan leaves plans nothing', () => {
    always(({ group, controls, policy, states }) => {
      const after = lastOf(states).map((rule, i) => ({ ...rule, SecurityGroupRuleId: `sgr-new-${String(i)}` }));
      const again = planClosing({ resource: { ...group, rules: after }, controls, policy });
      expect(again.steps).toEqual([]);
      expect(again.remaining).toEqual(after);
    });
  });

  test('What the plan says remains is what the steps leave', () => {
    always(({ plan, states }) => {
      expect([...plan.remaining].sort(byText)).toEqual([...lastOf(states)].sort(byText));
    });
  });

  test('Bounded: no state is over the quota that was not before', () => {
    always(({ group, states, policy }) => {
      for (const family of ['ipv4', 'ipv6'] as const) {
        const before = weightOf(group.rules, family, group);
        for (const state of states) {
          expect(weightOf(state, family, group)).toBeLessThanOrEqual(Math.max(policy.ruleQuota, before));
        }
      }
    });
  });

  test('What replaces a rule carries its description and tags', () => {
    always(({ group, plan }) => {
      const notified = group.rules.map(({ Description, Tags }) => JSON.stringify([Description, Tags]));
      for (const { Description, Tags } of plan.remaining)
        expect(notified).toContain(JSON.stringify([Description, Tags]));
    });
  });
});

function lastOf(states: Scene['states']): readonly SecurityGroupRule[] {
  return states.at(-1) ?? [];
}

type PacketPredicate = (packet: Packet) => boolean;

/** What gets in, state by state. */
function predicates({ states, group }: Scene): readonly PacketPredicate[] {
  return states.map((rules) => predicateOf(rules, group.prefixLists));
}

/** Trusted sources are edges too. */
function samplesOf({ group, policy }: Scene): readonly Packet[] {
  const trusted = (policy.trustedSources?.cidrs ?? []).map((cidr) => ({
    IsEgress: false,
    IpProtocol: '-1',
    ...(cidr.includes(':') ? { CidrIpv6: cidr } : { CidrIpv4: cidr }),
  }));
  const publicPorts = [...policy.publicPorts.tcp, ...policy.publicPorts.udp].flatMap(({ from, to }) => [from, to]);
  return packetSamples([...group.rules, ...trusted], group.prefixLists, [...SAMPLED_PORTS, ...publicPorts]);
}

/** The edges of what the generated controls and parameters forbid; more would only make the runs longer. */
const SAMPLED_PORTS = [22, 53, 80, 443, 1020, 1025, 3389, 8080];

function isPublic({ from, protocol, port }: Packet, { controls, policy }: Scene): boolean {
  if ('group' in from || (protocol !== 'tcp' && protocol !== 'udp')) return false;
  if (controls.some((control) => forbids(control, from.family, protocol, port))) return false;
  if (controls.some(({ id, parameters }) => id === 'EC2.18' && parameters.length > 0)) return true;
  return policy.publicPorts[protocol].some(({ from: low, to }) => isIn(`${String(low)}-${String(to)}`, port));
}

function weightOf(rules: readonly SecurityGroupRule[], family: 'ipv4' | 'ipv6', group: SecurityGroup): number {
  return rules
    .filter((rule) => !rule.IsEgress)
    .map((rule) => {
      if (rule.ReferencedGroupInfo) return 1;
      const cidrs = [rule.CidrIpv4, rule.CidrIpv6, ...(group.prefixLists[rule.PrefixListId ?? ''] ?? [])];
      return cidrs.filter((cidr) => cidr !== undefined && cidr.includes(':') === (family === 'ipv6')).length;
    })
    .reduce((sum, weight) => sum + weight, 0);
}

function byText(a: SecurityGroupRule, b: SecurityGroupRule): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
