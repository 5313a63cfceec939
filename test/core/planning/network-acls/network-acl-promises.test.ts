import fc from 'fast-check';
import type { NetworkAcl, NetworkAclEntry } from '../../../../src/core/network/network-acl';
import type { NetworkAclPlan } from '../../../../src/core/planning/plan';
import { planClosing } from '../../../../src/core/planning/plan-closing';
import type { PlanPolicy } from '../../../../src/core/planning/plan-policy';
import { toVerdict } from '../../../../src/core/verification/to-verdict';
import { arbitraryAcl, arbitraryAclPolicy } from '../../../oracle/arbitrary-acl';
import { assertProperty } from '../../../oracle/assert-property';
import { aclPackets, applyEntryStep, isAbout, isViolating, letsIn, type AclPacket } from '../../../oracle/network-acl';

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
      const violating = after.filter((entry) => !entry.Egress && isViolating(entry));
      if (plan.ask.length === 0) expect(violating).toEqual([]);
      const verdict = toVerdict({ kind: 'found', resource: { ...acl, entries: after } }, CONTROLS);
      expect(verdict.kind).toBe(violating.length === 0 ? 'closed' : 'still-open');
    });
  });

  test('Baseline: with the ports of EC2.21 it closes what EC2.21 closes', () => {
    const parameters = ['forbiddenTcpPorts', 'forbiddenUdpPorts'].map((Name) => ({ Name, Value: ['22', '3389'] }));
    always(({ acl, policy, plan }) => {
      const byBaseline = planClosing({ resource: acl, controls: [{ id: 'baseline', parameters }], policy });
      const { steps, remaining, askReasons } = plan;
      expect(byBaseline).toMatchObject({ steps, remaining, askReasons });
    });
  });

  test('Violations: those that the oracle finds, whatever stands before them', () => {
    always(({ acl, plan }) => {
      const violating = acl.entries.filter((entry) => !entry.Egress && isViolating(entry));
      expect(plan.violations.map(({ ruleNumber }) => ruleNumber)).toEqual(
        violating.map(({ RuleNumber }) => RuleNumber),
      );
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

  test('Smallest cut: only the forbidden ports are lost, protocols that the policy does not keep, and what the plan says it gives up', () => {
    always(({ acl, policy, plan, after }) => {
      const givenUp = new Set((plan.givenUp ?? []).map(({ Protocol }) => Protocol));
      const [before, later] = [letsIn(acl.entries), letsIn(after)];
      const lost = aclPackets(acl.entries).find(
        (packet) => before(packet) && !later(packet) && !mayBeLost(packet, acl, policy, givenUp),
      );
      expect(lost).toBeUndefined();
    });
  });

  test('Every entry that does not violate stays as it is, at its number', () => {
    always(({ acl, after }) => {
      const compliant = acl.entries.filter((entry) => entry.Egress || !isViolating(entry));
      expect(after).toEqual(expect.arrayContaining([...compliant]));
    });
  });

  test('Same outcome: what is new decides as it would at the number of the entry that it is a remainder of', () => {
    always(({ acl, plan, after }) => {
      // Without what only goes, what remains of one entry ends with what replaces it.
      const rewrites: NetworkAclEntry[][] = [[]];
      const going = new Set(acl.entries.filter(goesWhole).map(({ RuleNumber }) => RuleNumber));
      for (const { call, rules } of plan.steps) {
        const [entry] = rules;
        if (call === 'DeleteNetworkAclEntry') continue;
        rewrites.at(-1)?.push(entry);
        if (call === 'ReplaceNetworkAclEntry' && !going.has(entry.RuleNumber)) rewrites.push([]);
      }
      expect(rewrites.pop()).toEqual([]);
      const made = new Set(rewrites.flat());
      const untouched = after.filter((entry) => !made.has(entry));
      // EC2 knows no two entries of a number; the model looks at those of one number in the order in which they stand.
      const inPlace = rewrites.flatMap((rewrite) =>
        rewrite.map((entry) => ({ ...entry, RuleNumber: rewrite.at(-1)?.RuleNumber ?? entry.RuleNumber })),
      );
      const [now, meant] = [letsIn(after), letsIn([...untouched, ...inPlace])];
      expect(aclPackets([...acl.entries, ...after]).find((one) => now(one) !== meant(one))).toBeUndefined();
    });
  });

  test('Numbers: beside entries that allow, every remainder finds one', () => {
    always(({ acl, plan }) => {
      const hasDeny = acl.entries.some(({ RuleAction, RuleNumber }) => RuleAction === 'deny' && RuleNumber < 32767);
      if (!hasDeny) expect(plan.ask.filter((text) => text.includes('rule numbers'))).toEqual([]);
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

  test('Bounded: in no state does a family have more entries than its quota, unless it had them before', () => {
    always(({ states, policy }) => {
      for (const isOfFamily of [isIpv6, (entry: NetworkAclEntry) => !isIpv6(entry)]) {
        const counts = states.map((entries) => entries.filter((entry) => !entry.Egress && isOfFamily(entry)).length);
        expect(Math.max(...counts)).toBeLessThanOrEqual(Math.max(policy.networkAclEntryQuota ?? 20, counts[0] ?? 0));
      }
    });
  });

  test('Refused: planned again with no more than EC2 takes, it never creates another entry, and loses what it says', () => {
    assertProperty(
      fc.property(arbitraryAcl, arbitraryAclPolicy, fc.nat(12), (acl, policy, ran) => {
        const first = planClosing({ resource: acl, controls: CONTROLS, policy });
        const refused = first.steps.slice(0, ran).reduce<readonly NetworkAclEntry[]>(applyEntryStep, acl.entries);
        const most = refused.filter(({ Egress }) => !Egress).length;
        const resource = { ...acl, entries: refused };
        const plan = planClosing({ resource, controls: CONTROLS, policy, refusedBeyond: most });
        let now = refused;
        for (const step of plan.steps) {
          now = applyEntryStep(now, step);
          expect(now.filter(({ Egress }) => !Egress).length).toBeLessThanOrEqual(most);
        }
        const [before, later] = [letsIn(acl.entries), letsIn(now)];
        const givenUp = new Set([first, plan].flatMap((each) => (each.givenUp ?? []).map(({ Protocol }) => Protocol)));
        const lost = aclPackets([...acl.entries, ...now]).find(
          (packet) => before(packet) && !later(packet) && !mayBeLost(packet, acl, policy, givenUp),
        );
        expect(lost).toBeUndefined();
        if (plan.ask.length === 0) expect(now.filter((entry) => !entry.Egress && isViolating(entry))).toEqual([]);
      }),
    );
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
  return isViolating(entry) && entry.Protocol !== '-1' && entry.PortRange?.From === entry.PortRange?.To;
}

function isIpv6({ Ipv6CidrBlock }: NetworkAclEntry): boolean {
  return Ipv6CidrBlock !== undefined;
}

function mayBeLost(
  packet: AclPacket,
  acl: NetworkAcl,
  { keepProtocols = ['50', '51', '47'] }: PlanPolicy,
  givenUp: ReadonlySet<string>,
): boolean {
  if (!acl.entries.some((entry) => isViolating(entry) && isAbout(entry, packet))) return false;
  const { protocol, port, family } = packet;
  if (protocol === 6 || protocol === 17) return port === 22 || port === 3389;
  if (protocol === 1 || protocol === 58) return protocol !== (family === 'ipv4' ? 1 : 58);
  return givenUp.has(String(protocol)) || !keepProtocols.includes(String(protocol));
}
