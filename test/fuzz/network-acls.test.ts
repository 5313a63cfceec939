import fc from 'fast-check';
import { renderInputProblem } from '../../src/core/input-problem';
import type { NetworkAcl, NetworkAclEntry } from '../../src/core/network/network-acl';
import { parseTargets } from '../../src/core/network/parse-targets';
import { planClosing } from '../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { entryStates } from '../oracle/closings';
import { aclPackets, isViolating, letsIn } from '../oracle/network-acl';
import { arbitraryMutated, shortened, toText } from './mutated';
import { RUNS, TIMEOUT_MILLISECONDS } from './runs';
import { Tally } from './tally';

const EC2_21 = [{ id: 'EC2.21', parameters: [] }] as const;

function entry(RuleNumber: number, terms: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  const source = terms.Ipv6CidrBlock === undefined ? { CidrBlock: '0.0.0.0/0' } : {};
  return { ...source, Egress: false, Protocol: '6', RuleAction: 'allow', RuleNumber, ...terms };
}

const LAST = [32767, 32768].flatMap((number) =>
  [false, true].map((Egress) => {
    const family = number === 32768 ? { Ipv6CidrBlock: '::/0' } : {};
    return entry(number, { Egress, Protocol: '-1', RuleAction: 'deny', ...family });
  }),
);

/** Network ACLs as `aws ec2 describe-network-acls` prints them: a web subnet, a crowded one, one for both families. */
const SAMPLES: readonly unknown[] = [
  [
    entry(90, { RuleAction: 'deny', CidrBlock: '8.8.8.0/24', PortRange: { From: 22, To: 22 } }),
    entry(100, { PortRange: { From: 443, To: 443 } }),
    entry(110, { PortRange: { From: 22, To: 22 } }),
    entry(120, { PortRange: { From: 1024, To: 65535 } }),
    entry(100, { Egress: true, Protocol: '-1' }),
  ],
  [
    entry(1, { Protocol: '-1' }),
    entry(2, { PortRange: { From: 3389, To: 3389 } }),
    entry(3, { Protocol: '17', PortRange: { From: 0, To: 65535 } }),
    entry(4, { Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 } }),
    entry(32766, { PortRange: { From: 20, To: 25 }, CidrBlock: '10.0.0.0/8' }),
  ],
  [
    entry(100, { Protocol: '-1' }),
    entry(200, { Protocol: '-1', Ipv6CidrBlock: '::/0' }),
    entry(300, { Protocol: '58', Ipv6CidrBlock: '2000::/3', IcmpTypeCode: { Type: -1, Code: -1 } }),
  ],
].map((entries) => ({
  NetworkAcls: [
    {
      Associations: [{ NetworkAclAssociationId: 'aclassoc-1', NetworkAclId: 'acl-1', SubnetId: 'subnet-1' }],
      Entries: [...entries, ...LAST],
      IsDefault: false,
      NetworkAclId: 'acl-0aaaaaaaaaaaaaaa1',
      Tags: [{ Key: 'Name', Value: 'web' }],
      VpcId: 'vpc-0aaaaaaaaaaaaaaa1',
      OwnerId: '222222222222',
    },
  ],
}));

/** The plan's calls, played on a model of EC2 that throws where EC2 would refuse; what they leave is for the oracle. */
function classifyPlan(acl: NetworkAcl): string {
  const plan = planClosing({ resource: acl, controls: EC2_21, policy: DEFAULT_PLAN_POLICY });
  const states = entryStates(acl.entries, plan.steps);
  const predicates = states.map(letsIn);
  const opened = aclPackets(acl.entries).find(
    (packet) => !predicates[0]?.(packet) && predicates.some((passes) => passes(packet)),
  );
  expect(opened).toBeUndefined();
  const isOpen = !acl.isDefault && (states.at(-1) ?? []).some((one) => !one.Egress && isViolating(one));
  expect(isOpen && plan.ask.length === 0).toBe(false);
  if (plan.ask.length > 0) return 'asked';
  return plan.steps.length > 0 ? 'planned' : 'nothing to do';
}

function classify(input: unknown): string {
  const targets = parseTargets(input);
  if (!targets.ok) {
    expect(renderInputProblem(targets.error)).not.toBe('');
    return `refused: ${targets.error.code}`;
  }
  const plans = targets.value.flatMap((target) => (target.kind === 'network-acl' ? [classifyPlan(target)] : []));
  return [...new Set(plans)].join(', ') || 'no network ACL';
}

test.each(SAMPLES.map((sample, index) => [index, sample] as const))('plans sample %i as it is', (_, sample) => {
  expect(['planned', 'asked']).toContain(classify(sample));
});

test(
  'answers every mutated network ACL with a plan that opens nothing, or with a named error, never with an exception',
  async () => {
    const tally = new Tally();
    await fc.assert(
      fc.asyncProperty(arbitraryMutated(), async (mutated) => {
        const text = toText(SAMPLES, mutated);
        await tally.time(() => {
          try {
            return classify(JSON.parse(text));
          } catch (error) {
            throw new Error(`network ACL ${shortened(text)}`, { cause: error });
          }
        });
      }),
      { numRuns: RUNS },
    );
    tally.print('plans of network ACLs');
    expect(tally.labels()).toContain('refused: wrong-type');
  },
  TIMEOUT_MILLISECONDS,
);
