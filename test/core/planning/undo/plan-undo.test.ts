import type { RunEnd } from '../../../../src/core/ledger/remediation-record';
import type { NetworkAcl, NetworkAclEntry } from '../../../../src/core/network/network-acl';
import type { SecurityGroup, SecurityGroupRule } from '../../../../src/core/network/security-group-rule';
import type { PlanStep } from '../../../../src/core/planning/plan';
import { planClosing } from '../../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../../src/core/planning/plan-policy';
import { planUndo } from '../../../../src/core/planning/undo/plan-undo';
import type { UndoPlan } from '../../../../src/core/planning/undo/undo-plan';
import { stepText } from '../../../cases/case-text';

const ID = 'rem-0123456789abcdef';
const TAG = { Key: 'portcullis:remediation', Value: ID };
const OWNER = [{ Key: 'owner', Value: 'web' }];

function groupWith(...rules: readonly SecurityGroupRule[]): SecurityGroup {
  return { kind: 'security-group', id: 'sg-1', name: 'web', tags: [], rules, prefixLists: {} };
}

const EVERY_PORT: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 0,
  ToPort: 65535,
  CidrIpv4: '0.0.0.0/0',
  Description: 'Everything',
  Tags: OWNER,
};
const BEFORE = groupWith(EVERY_PORT);

/** What the closing of `BEFORE` added. */
function kept(port: number, change: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  const Tags = [...OWNER, TAG];
  return { ...EVERY_PORT, SecurityGroupRuleId: `sgr-${String(port)}`, FromPort: port, ToPort: port, Tags, ...change };
}

const { steps } = planClosing({
  resource: BEFORE,
  controls: [{ id: 'EC2.13', parameters: [] }],
  policy: DEFAULT_PLAN_POLICY,
});

function runsOf(all: readonly PlanStep[], end: RunEnd = 'effect-seen') {
  return all.map((step, i) => ({ runId: `${ID}/0.${String(i)}`, step, end }));
}

function undoOf(...rules: readonly SecurityGroupRule[]): UndoPlan {
  return planUndo({ before: BEFORE, runs: runsOf(steps), current: groupWith(...rules) });
}

const RESTORE = 'authorize tcp 0-65535 from 0.0.0.0/0 "Everything" owner=web';

describe('Undoing the closing of a security group', () => {
  test('puts back what was revoked, with description and tags, before it takes away what was added', () => {
    const undo = undoOf(kept(80), kept(443));
    expect(undo.steps.map(stepText)).toEqual([RESTORE, 'revoke sgr-80', 'revoke sgr-443']);
    expect(undo.leftAlone).toEqual([]);
  });

  test('re-opens nothing of which somebody has closed a part', () => {
    const undo = undoOf(kept(80));
    expect(undo.steps).toEqual([]);
    expect(undo.leftAlone).toEqual([
      { code: 'would-reopen-closed', rule: 'every tcp port from 0.0.0.0/0', closed: 'tcp 443 from 0.0.0.0/0' },
      { code: 'stays-with-what-it-was-cut-from', rule: 'tcp 80 from 0.0.0.0/0 (sgr-80)' },
    ]);
  });

  test('re-opens nothing for a source that another rule, closed since, had let in', () => {
    const office = { ...EVERY_PORT, SecurityGroupRuleId: 'sgr-2', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8' };
    const undo = planUndo({
      before: groupWith(EVERY_PORT, office),
      runs: runsOf(steps),
      current: groupWith(kept(80), kept(443)),
    });
    expect(undo.steps).toEqual([]);
    expect(undo.leftAlone[0]).toMatchObject({ code: 'would-reopen-closed', closed: 'tcp 22 from 10.0.0.0/8' });
  });

  test.each<[string, Partial<SecurityGroupRule>]>([
    ['is described anew', { Description: 'Mine now' }],
    ['is tagged anew', { Tags: [TAG, { Key: 'owner', Value: 'me' }] }],
    ['was made again by somebody else', { Tags: OWNER }],
  ])('leaves a rule that it added and that %s', (_what, change) => {
    const undo = undoOf(kept(80), kept(443, change));
    expect(undo.steps.map(stepText)).toEqual([RESTORE, 'revoke sgr-80']);
    expect(undo.leftAlone).toEqual([
      { code: 'changed-by-others', rule: 'tcp 443 from 0.0.0.0/0 (sgr-443)', of: 'rule' },
    ]);
  });

  test('re-opens nothing that a later closing has closed', () => {
    const undo = undoOf(kept(80), kept(443, { Tags: [...OWNER, { ...TAG, Value: 'rem-fedcba9876543210' }] }));
    expect(undo.steps).toEqual([]);
    expect(undo.leftAlone[0]).toMatchObject({ code: 'would-reopen-closed', closed: 'tcp 443 from 0.0.0.0/0' });
  });

  test('recognizes its own rule by the text that SSM let through', () => {
    const braces = { ...EVERY_PORT, Description: '{{braces}}' };
    const before = groupWith(braces);
    const closing = planClosing({
      resource: before,
      controls: [{ id: 'EC2.13', parameters: [] }],
      policy: DEFAULT_PLAN_POLICY,
    });
    const current = groupWith(...[80, 443].map((port) => kept(port, { Description: '{ {braces}}' })));
    expect(planUndo({ before, runs: runsOf(closing.steps), current }).leftAlone).toEqual([]);
  });

  test('plans nothing when everything is as it was', () => {
    expect(undoOf(EVERY_PORT)).toMatchObject({ steps: [], leftAlone: [] });
  });

  test.each<[RunEnd, number]>([
    ['failed', 0],
    ['rules-changed', 0],
    ['no-effect', 1],
  ])('looks at the rules for what a run did that ended as %s', (end, restored) => {
    const revoke = steps.slice(-1);
    const undo = planUndo({ before: BEFORE, runs: runsOf(revoke, end), current: groupWith() });
    expect(undo.steps).toHaveLength(restored);
  });

  test('fills an emptied default group again, in both directions', () => {
    const egress = { ...EVERY_PORT, SecurityGroupRuleId: 'sgr-2', IsEgress: true, IpProtocol: '-1' };
    const before = { ...groupWith(EVERY_PORT, egress), name: 'default', attachedInterfaceIds: [] };
    const closing = planClosing({
      resource: before,
      controls: [{ id: 'EC2.2', parameters: [] }],
      policy: DEFAULT_PLAN_POLICY,
    });
    const undo = planUndo({ before, runs: runsOf(closing.steps), current: { ...before, rules: [] } });
    expect(undo.steps.map(({ call }) => call)).toEqual([
      'AuthorizeSecurityGroupIngress',
      'AuthorizeSecurityGroupEgress',
    ]);
    expect(undo.remaining).toHaveLength(2);
  });
});

describe('Undoing the rewriting of a network ACL', () => {
  const open = { RuleNumber: 100, Egress: false, RuleAction: 'allow', Protocol: '6', CidrBlock: '0.0.0.0/0' } as const;
  const wide: NetworkAclEntry = { ...open, PortRange: { From: 20, To: 25 } };
  const ssh: NetworkAclEntry = { ...open, RuleNumber: 200, PortRange: { From: 22, To: 22 } };

  function aclWith(...entries: readonly NetworkAclEntry[]): NetworkAcl {
    return { kind: 'network-acl', id: 'acl-1', isDefault: false, tags: [], entries };
  }

  const before = aclWith(wide, ssh);
  const closing = planClosing({
    resource: before,
    controls: [{ id: 'EC2.21', parameters: [] }],
    policy: DEFAULT_PLAN_POLICY,
  });
  const [low, high] = closing.remaining;
  if (low === undefined || high === undefined) throw new Error('The entry was not split into two.');
  const undoTo = (...entries: readonly NetworkAclEntry[]): UndoPlan =>
    planUndo({ before, runs: runsOf(closing.steps), current: aclWith(...entries) });

  const WIDE_BACK = ['replace 100 allow tcp 20-25 from 0.0.0.0/0', 'delete 99 allow tcp 20-21 from 0.0.0.0/0'];
  const SSH_BACK = ['create 200 allow tcp 22-22 from 0.0.0.0/0'];

  test('puts every entry back to its number', () => {
    const undo = undoTo(low, high);
    expect(undo.steps.map(stepText)).toEqual([...WIDE_BACK, ...SSH_BACK]);
    expect(undo.remaining).toEqual(before.entries);
  });

  test('leaves an entry whose number holds something else now, and puts back the others', () => {
    const taken = { ...ssh, PortRange: { From: 443, To: 443 } };
    const undo = undoTo(low, high, taken);
    expect(undo.steps.map(stepText)).toEqual(WIDE_BACK);
    expect(undo.leftAlone).toMatchObject([{ code: 'entries-left', cause: { kind: 'changed', ruleNumber: 200 } }]);
  });

  test('leaves an entry of which somebody has closed a remainder', () => {
    const undo = undoTo(high);
    expect(undo.steps.map(stepText)).toEqual(SSH_BACK);
    expect(undo.leftAlone).toMatchObject([{ code: 'entries-left', cause: { kind: 'changed', ruleNumber: 99 } }]);
  });

  test('keeps a DENY that somebody has made before all of them, which holds as it did', () => {
    const deny: NetworkAclEntry = { ...ssh, RuleNumber: 50, RuleAction: 'deny' };
    const undo = undoTo(low, high, deny);
    expect(undo.leftAlone).toEqual([]);
    expect(undo.remaining).toEqual([deny, wide, ssh]);
  });

  test.each([99, 150, 300])(
    'overrides no DENY that somebody has made since behind or among them: entry %i',
    (number) => {
      const deny: NetworkAclEntry = { ...ssh, RuleNumber: number, RuleAction: 'deny' };
      const undo = undoTo(...[low, high].filter((entry) => entry.RuleNumber !== number), deny);
      expect(undo.steps.filter(({ rules: [entry] }) => entry === wide)).toEqual([]);
      const kind = number === 99 ? 'changed' : 'made-since';
      expect(undo.leftAlone[0]).toMatchObject({ code: 'entries-left', cause: { kind } });
    },
  );

  test('widens nothing where somebody has taken away a DENY since', () => {
    const deny: NetworkAclEntry = { ...ssh, RuleNumber: 50, RuleAction: 'deny' };
    const shadowed = aclWith(deny, wide);
    const closingOfShadowed = planClosing({
      resource: shadowed,
      controls: [{ id: 'EC2.21', parameters: [] }],
      policy: DEFAULT_PLAN_POLICY,
    });
    const undo = planUndo({
      before: shadowed,
      runs: runsOf(closingOfShadowed.steps),
      current: aclWith(...closingOfShadowed.remaining.slice(1)),
    });
    expect(undo.steps).toEqual([]);
    expect(undo.leftAlone).toMatchObject([
      { code: 'entries-left', cause: { kind: 'changed-since', entry: 'entry 50 deny tcp 22 from 0.0.0.0/0' } },
    ]);
  });

  test('takes a remainder away also where the entry that it is of was changed before it was replaced', () => {
    const runs = runsOf(closing.steps.filter(({ call }) => call === 'CreateNetworkAclEntry'));
    const whole = planUndo({ before, runs, current: aclWith(low, wide, ssh) });
    expect(whole.steps.map(stepText)).toEqual(['delete 99 allow tcp 20-21 from 0.0.0.0/0']);
    const undo = planUndo({ before, runs, current: aclWith(low, ssh) });
    expect(undo.steps.map(stepText)).toEqual(['delete 99 allow tcp 20-21 from 0.0.0.0/0']);
    expect(undo.leftAlone).toEqual([]);
  });
});
