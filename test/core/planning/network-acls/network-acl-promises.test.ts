import fc from 'fast-check';
import type { NetworkAcl, NetworkAclEntry } from '../../../../src/core/network/network-acl';
import type { NetworkAclPlan } from '../../../../src/core/planning/plan';
import { planClosing } from '../../../../src/core/planning/plan-closing';
import type { PlanPolicy } from '../../../../src/core/planning/plan-policy';
import { toVerdict } from '../../../../src/core/verification/to-verdict';
import { arbitraryAcl, arbitraryAclPolicy } from '../../../oracle/arbitrary-acl';
import { assertProperty } from '../../../oracle/assert-property';
import { aclPackets, applyEntryStep, isAbout, isGuilty, letsIn, type AclPacket } from '../../../oracle/network-acl';

const CONTROLS = [{ id: 'EC2.21', parameters: [] }] as const;

interface Scene {
  readonly acl: NetworkAcl;
  readonly policy: PlanPolicy;
  readonly plan: NetworkAclPlan;
  /** Entries before the first step, between steps, and after the last one. */
  readonly states: readonly (readonly NetworkAclEntry[])[];
  readonly after: readonly NetworkAclEntry[];
}

/** Plans a generated network ACL and plays the plan's steps on a model of EC2, which throws where EC2 would refuse. */
function always(holds: (scene: Scene) => void): void {
  assertProperty(
    fc.property(arbitraryAcl, arbitraryAclPolicy, (acl, policy) => {
      const plan = planClosing({ resource: acl, controls: CONTROLS, policy });
      const states = [acl.entries];
      for (const step of plan.steps) states.push(applyEntryStep(states.at(-1) ?? [], step));
      holds({ acl, policy, plan, states, after: states.at(-1) ?? [] });
    }),
  );
}

describe('The promises of the planner for network ACLs, held against a brute-force oracle', () => {
  test('Closed: no entry allows what EC2.21 forbids afterwards, unless a person is asked', () => {
    always(({ acl, plan, after }) => {
      const guilty = after.filter((entry) => !entry.Egress && isGuilty(entry));
      if (plan.ask.length === 0) expect(guilty).toEqual([]);
      const verdict = toVerdict({ kind: 'found', resource: { ...acl, entries: after } }, CONTROLS);
      expect(verdict.kind).toBe(guilty.length === 0 ? 'closed' : 'still-open');
    });
  });

  test('Violations: those that the oracle finds, whatever stands before them', () => {
    always(({ acl, plan }) => {
      const guilty = acl.entries.filter((entry) => !entry.Egress && isGuilty(entry));
      expect(plan.violations.map(({ ruleNumber }) => ruleNumber)).toEqual(guilty.map(({ RuleNumber }) => RuleNumber));
    });
  });

  test('Nothing opened: at no moment does anything get in that did not before', () => {
    always(({ states, acl }) => {
      const [before, ...later] = states.map(letsIn);
      const opened = aclPackets(acl.entries).find((one) => !before?.(one) && later.some((passes) => passes(one)));
      expect(opened).toBeUndefined();
    });
  });

  test('No gap: what gets in before and afterwards gets in at every moment in between', () => {
    always(({ states, acl }) => {
      const all = states.map(letsIn);
      const stopped = aclPackets(acl.entries).find(
        (packet) => all.at(0)?.(packet) && all.at(-1)?.(packet) && !all.every((passes) => passes(packet)),
      );
      expect(stopped).toBeUndefined();
    });
  });

  test('Smallest cut: only the forbidden ports are lost, and protocols that the policy does not keep', () => {
    always(({ acl, policy, after }) => {
      const [before, later] = [letsIn(acl.entries), letsIn(after)];
      const lost = aclPackets(acl.entries).find(
        (packet) => before(packet) && !later(packet) && !mayBeLost(packet, acl, policy),
      );
      expect(lost).toBeUndefined();
    });
  });

  test('Every entry that does not violate stays as it is, at its number', () => {
    always(({ acl, after }) => {
      const innocent = acl.entries.filter((entry) => entry.Egress || !isGuilty(entry));
      expect(after).toEqual(expect.arrayContaining([...innocent]));
    });
  });

  test('In place: what is new stands between the neighbours of the entry that it was cut from', () => {
    always(({ acl, plan }) => {
      const ingress = acl.entries.filter(({ Egress }) => !Egress);
      const going = new Set(ingress.filter(goesWhole).map(({ RuleNumber }) => RuleNumber));
      const staying = ingress.map(({ RuleNumber }) => RuleNumber).filter((number) => !going.has(number));
      let pieces: number[] = [];
      for (const { call, rules } of plan.steps) {
        const [{ RuleNumber: own }] = rules;
        if (call === 'DeleteNetworkAclEntry') continue;
        if (call === 'CreateNetworkAclEntry' || going.has(own)) pieces.push(own);
        else {
          const below = Math.max(0, ...staying.filter((number) => number < own));
          const above = Math.min(...staying.filter((number) => number > own));
          expect(pieces.filter((number) => number <= below || number >= above)).toEqual([]);
          pieces = [];
        }
      }
      expect(pieces).toEqual([]);
    });
  });

  test('Idempotent: planning what a plan leaves plans nothing', () => {
    always(({ acl, policy, after }) => {
      const again = planClosing({ resource: { ...acl, entries: after }, controls: CONTROLS, policy });
      expect(again.steps).toEqual([]);
    });
  });

  test('What the plan says remains is what the steps leave, in the order in which EC2 looks', () => {
    always(({ plan, after }) => {
      const place = (entry: NetworkAclEntry): number => entry.RuleNumber + (entry.Egress ? 100_000 : 0);
      expect(plan.remaining).toEqual([...after].sort((a, b) => place(a) - place(b)));
    });
  });

  test('Bounded: no state is over the quota that was not before', () => {
    always(({ states, policy }) => {
      const counts = states.map((entries) => entries.filter(({ Egress }) => !Egress).length);
      expect(Math.max(...counts)).toBeLessThanOrEqual(Math.max(policy.networkAclEntryQuota ?? 20, counts[0] ?? 0));
    });
  });

  test('A default network ACL is left alone', () => {
    always(({ acl, policy }) => {
      const resource = { ...acl, isDefault: true };
      expect(planClosing({ resource, controls: CONTROLS, policy })).toMatchObject({
        violations: [],
        steps: [],
        ask: [],
      });
    });
  });
});

/** Of which nothing may stay. */
function goesWhole(entry: NetworkAclEntry): boolean {
  return isGuilty(entry) && entry.Protocol !== '-1' && entry.PortRange?.From === entry.PortRange?.To;
}

function mayBeLost(packet: AclPacket, acl: NetworkAcl, { keepProtocols = ['50', '51', '47'] }: PlanPolicy): boolean {
  if (!acl.entries.some((entry) => isGuilty(entry) && isAbout(entry, packet))) return false;
  const { protocol, port, family } = packet;
  if (protocol === 6 || protocol === 17) return port === 22 || port === 3389;
  if (protocol === 1 || protocol === 58) return protocol !== (family === 'ipv4' ? 1 : 58);
  return !keepProtocols.includes(String(protocol));
}
