import fc from 'fast-check';
import { toRunbookStart } from '../../../src/aws/ssm/runbook-parameters';
import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY, type PlanPolicy } from '../../../src/core/planning/plan-policy';
import { planUndo } from '../../../src/core/planning/undo/plan-undo';
import type { UndoPlan } from '../../../src/core/planning/undo/undo-plan';
import type { Target } from '../../../src/core/target';
import { arbitraryCrowdedAcl } from '../../oracle/arbitrary-acl';
import { assertProperty } from '../../oracle/assert-property';
import { entryStates, named, remediationTag, ruleStates, runsOf } from '../../oracle/closings';
import { permissionOf } from '../../oracle/ec2';

const ID = 'rem-0123456789abcdef';

const TARGET: Omit<Target, 'kind' | 'id'> = { partition: 'aws', account: '222222222222', region: 'eu-central-1' };

const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 512;
const MAX_DESCRIPTION_LENGTH = 255;
const MAX_ENTRIES = 40;

/** Each call as a runbook run: what does not fit into the parameters of one is an error there. */
function expectToFit(steps: UndoPlan['steps'], kind: Target['kind'], action: 'close' | 'undo'): void {
  const target = { ...TARGET, kind, id: kind === 'security-group' ? 'sg-0a1b2c3d' : 'acl-0a1b2c3d' };
  for (const { step, runId } of runsOf(steps, ID)) {
    const run = { runId, remediationId: ID, target, step, action };
    const started = toRunbookStart(run, 'arn:aws:iam::222222222222:role/Portcullis-Runbook');
    if (!started.ok) throw new Error(started.error);
    // Jest is asked once a run: there are a hundred thousand values.
    const lists = Object.values(started.value.parameters);
    const descriptions = lists.flat().map((value) => /"Description":"([^"]*)"/.exec(value)?.[1] ?? '');
    expect(lists.filter(({ length }) => length > MAX_VALUES)).toEqual([]);
    expect(lists.flat().filter(({ length }) => length > MAX_VALUE_LENGTH)).toEqual([]);
    expect(descriptions.filter(({ length }) => length > MAX_DESCRIPTION_LENGTH)).toEqual([]);
  }
}

/** Repeated, they are long texts that cost nothing to make. Two braces are written with a blank between them. */
function textOf(maxLength: number): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('web ', '{', '{}', '._-:/()#,@[]+=&;!$*'),
      fc.oneof(fc.nat(maxLength), fc.constant(maxLength)),
    )
    .map(([text, length]) => text.repeat(length).slice(0, length));
}

const description = textOf(255);

const tags = fc.uniqueArray(fc.record({ Key: textOf(127).map((text) => `${text}k`), Value: textOf(256) }), {
  maxLength: 50,
  selector: ({ Key }) => Key,
});

const traffic = fc.constantFrom(
  { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 },
  { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 },
  { IpProtocol: '-1', FromPort: -1, ToPort: -1 },
);

const dotted = (index: number): string => `10.${String(index >> 8)}.${String(index & 255)}.0/24`;

const source = fc.oneof(
  { weight: 8, arbitrary: fc.nat(999).map((i) => ({ CidrIpv4: dotted(i) })) },
  { weight: 8, arbitrary: fc.nat(999).map((i) => ({ CidrIpv6: `2001:db8:${i.toString(16)}::/48` })) },
  { weight: 1, arbitrary: fc.constantFrom({ CidrIpv4: '0.0.0.0/0' }, { CidrIpv6: '::/0' }, { PrefixListId: 'pl-0a' }) },
);

/** As many as a raised quota allows, most of them of the same traffic. */
const arbitraryLargeGroup: fc.Arbitrary<SecurityGroup> = fc
  .record({
    drafts: fc.array(fc.tuple(traffic, source), { minLength: 40, maxLength: 240 }),
    described: fc.array(description, { minLength: 1, maxLength: 3 }),
    tagged: fc.array(tags, { minLength: 1, maxLength: 2 }),
    isEgress: fc.nat(9),
  })
  .map(({ drafts, described, tagged, isEgress }) => {
    const rules = drafts.map(([ports, from], i): SecurityGroupRule => {
      const text = described[i % described.length] ?? '';
      return {
        SecurityGroupRuleId: `sgr-${String(i)}`,
        GroupId: 'sg-0a1b2c3d',
        IsEgress: i % 10 < isEgress,
        ...ports,
        ...from,
        ...(text === '' ? {} : { Description: text }),
        Tags: tagged[i % tagged.length] ?? [],
      };
    });
    return {
      kind: 'security-group',
      id: 'sg-0a1b2c3d',
      name: 'default',
      tags: [],
      rules: [...new Map(rules.map((rule) => [permissionOf(rule), rule])).values()],
      prefixLists: { 'pl-0a': ['0.0.0.0/0', ...Array.from({ length: 120 }, (_, i) => dotted(i))] },
      attachedInterfaceIds: [],
    };
  });

const arbitraryControls: fc.Arbitrary<readonly RequestedControl[]> = fc.constantFrom(
  [{ id: 'EC2.2', parameters: [] }],
  [{ id: 'EC2.13', parameters: [] }],
  [
    { id: 'EC2.18', parameters: [] },
    { id: 'EC2.19', parameters: [] },
  ],
);

const arbitraryPolicy: fc.Arbitrary<PlanPolicy> = fc
  .record({
    strategy: fc.constantFrom('close' as const, 'revoke' as const, 'restrict' as const),
    trusted: fc.nat(120),
    ruleQuota: fc.constantFrom(60, 200, 1000),
    expandPrefixLists: fc.boolean(),
  })
  .map(({ trusted, ...policy }) => ({
    ...DEFAULT_PLAN_POLICY,
    ...policy,
    trustedSources: { cidrs: Array.from({ length: trusted }, (_, i) => `198.${String(i)}.0.0/16`) },
  }));

describe('The promise that no call exceeds a limit of the services', () => {
  test('of a security group, closing it and taking that back: 50 values of 512 characters, and its quota of rules', () => {
    assertProperty(
      fc.property(arbitraryLargeGroup, arbitraryControls, arbitraryPolicy, (group, controls, policy) => {
        const { steps } = planClosing({ resource: group, controls, policy });
        expectToFit(steps, 'security-group', 'close');
        const closing = ruleStates(group.rules, steps, remediationTag(ID));
        const left = named(closing.at(-1) ?? []);
        const undo = planUndo({ before: group, runs: runsOf(steps, ID), current: { ...group, rules: left } });
        expectToFit(undo.steps, 'security-group', 'undo');
        const most = Math.max(...closing.map(({ length }) => length));
        for (const rules of ruleStates(left, undo.steps)) expect(rules.length).toBeLessThanOrEqual(most);
      }),
    );
  });

  test('of a network ACL, closing it and taking that back: one entry a call, and 40 entries', () => {
    const quota = fc.constantFrom(undefined, 20, MAX_ENTRIES);
    assertProperty(
      fc.property(arbitraryCrowdedAcl, quota, (acl, networkAclEntryQuota) => {
        const policy = { ...DEFAULT_PLAN_POLICY, ...(networkAclEntryQuota && { networkAclEntryQuota }) };
        const { steps } = planClosing({ resource: acl, controls: [{ id: 'EC2.21', parameters: [] }], policy });
        expectToFit(steps, 'network-acl', 'close');
        const closing = entryStates(acl.entries, steps);
        const left = closing.at(-1) ?? [];
        const undo = planUndo({ before: acl, runs: runsOf(steps, ID), current: { ...acl, entries: left } });
        expectToFit(undo.steps, 'network-acl', 'undo');
        for (const entries of [...closing, ...entryStates(left, undo.steps)]) {
          for (const isIpv6 of [false, true]) {
            const isCounted = ({ Egress, Ipv6CidrBlock }: NetworkAclEntry): boolean =>
              !Egress && (Ipv6CidrBlock !== undefined) === isIpv6;
            const [inbound, before] = [entries, acl.entries].map((each) => each.filter(isCounted).length);
            expect(inbound).toBeLessThanOrEqual(Math.max(networkAclEntryQuota ?? 20, before ?? 0));
          }
        }
      }),
    );
  });
});
