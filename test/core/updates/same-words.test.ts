import { renderPlan } from '../../../src/cli/plan/render-plan';
import { renderStory } from '../../../src/cli/show/render-story';
import { colorsFor } from '../../../src/cli/terminal';
import type { ControlId } from '../../../src/core/controls/control-id';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAcl, NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { because } from '../../../src/core/reasons/because';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY, type PlanPolicy } from '../../../src/core/planning/plan-policy';
import { changedRulesOf } from '../../../src/core/reporting/changed-rules';
import type { Resource } from '../../../src/core/resource';
import { describePreview } from '../../../src/core/updates/describe-preview';
import { toFindingUpdate } from '../../../src/core/updates/to-finding-update';
import { runsOf } from '../../oracle/closings';

const ID = 'rem-0123456789abcdef';

const rule = (id: string, IpProtocol: string, FromPort: number, ToPort: number, CidrIpv4 = '0.0.0.0/0') =>
  ({ SecurityGroupRuleId: id, IsEgress: false, IpProtocol, FromPort, ToPort, CidrIpv4 }) satisfies SecurityGroupRule;

const group = (name: string, ...rules: readonly SecurityGroupRule[]): SecurityGroup => ({
  kind: 'security-group',
  id: 'sg-0a1b2c3d',
  name,
  tags: [],
  rules,
  prefixLists: {},
  attachedInterfaceIds: [],
});

const acl = (...entries: readonly NetworkAclEntry[]): NetworkAcl => ({
  kind: 'network-acl',
  id: 'acl-0a1b2c3d',
  isDefault: false,
  tags: [],
  entries,
});

const entry = (RuleNumber: number, From: number, To: number): NetworkAclEntry => ({
  RuleNumber,
  Egress: false,
  RuleAction: 'allow',
  Protocol: '6',
  CidrBlock: '0.0.0.0/0',
  PortRange: { From, To },
});

interface Notification {
  readonly title: string;
  readonly resource: Resource;
  readonly controls: readonly ControlId[];
  readonly policy?: Partial<PlanPolicy>;
  /** Each change as everybody reads it, with the verb that it was done by. */
  readonly changes: readonly string[];
}

const CASES: readonly Notification[] = [
  {
    title: 'a rule that goes',
    resource: group('web', rule('sgr-1', 'tcp', 22, 22)),
    controls: ['EC2.13'],
    changes: ['revoke tcp 22 from 0.0.0.0/0 (sgr-1)'],
  },
  {
    title: 'a rule of which public ports stay',
    resource: group('web', rule('sgr-1', 'tcp', 0, 1024)),
    controls: ['EC2.13'],
    changes: ['add tcp 80 from 0.0.0.0/0', 'add tcp 443 from 0.0.0.0/0', 'revoke tcp 0-1024 from 0.0.0.0/0 (sgr-1)'],
  },
  {
    title: 'a rule that only trusted sources keep',
    resource: group('web', rule('sgr-1', 'tcp', 22, 22)),
    controls: ['EC2.13'],
    policy: { strategy: 'restrict', trustedSources: { cidrs: ['198.51.100.0/24'] } },
    changes: ['add tcp 22 from 198.51.100.0/24', 'revoke tcp 22 from 0.0.0.0/0 (sgr-1)'],
  },
  {
    title: 'icmp by type and code',
    resource: group('default', rule('sgr-1', 'icmp', 8, -1), rule('sgr-2', 'icmp', 3, 4)),
    controls: ['EC2.2'],
    changes: [
      'revoke icmp echo request (8/-1) from 0.0.0.0/0 (sgr-1)',
      'revoke icmp destination unreachable: fragmentation needed (3/4) from 0.0.0.0/0 (sgr-2)',
    ],
  },
  {
    title: 'an entry that is split',
    resource: acl(entry(100, 20, 25)),
    controls: ['EC2.21'],
    changes: [
      'add entry 99 tcp 20-21 from 0.0.0.0/0',
      'replace entry 100 tcp 20-25 from 0.0.0.0/0 by tcp 23-25 from 0.0.0.0/0',
    ],
  },
  {
    title: 'an entry that goes',
    resource: acl(entry(100, 22, 22)),
    controls: ['EC2.21'],
    changes: ['delete entry 100 tcp 22 from 0.0.0.0/0'],
  },
];

const DONE: Readonly<Record<string, string>> = {
  add: 'added',
  revoke: 'revoked',
  replace: 'replaced',
  delete: 'deleted',
};

/** `Revoked: a, b.` of a note, by what was done. */
function sentencesOf(note: string, prefix: string): Readonly<Record<string, string>> {
  const pattern = new RegExp(`${prefix}(revoked|replaced|deleted|added): (.+?)\\.(?= [A-Z]|$)`, 'gi');
  return Object.fromEntries(
    [...note.matchAll(pattern)].map(([, done = '', items = '']) => [done.toLowerCase(), items]),
  );
}

function expected(changes: readonly string[]): Readonly<Record<string, string>> {
  const byVerb = new Map<string, string[]>();
  for (const change of changes) {
    const [verb = '', ...words] = change.split(' ');
    const done = DONE[verb] ?? '';
    byVerb.set(done, [...(byVerb.get(done) ?? []), words.join(' ')]);
  }
  return Object.fromEntries([...byVerb].map(([done, items]) => [done, items.join(', ')]));
}

describe.each(CASES)('$title: everybody reads the same changes', ({ resource, controls, policy, changes }) => {
  const inHand = controls.map((id) => ({ id, parameters: [] }));
  const plan = planClosing({ resource, controls: inHand, policy: { ...DEFAULT_PLAN_POLICY, ...policy } });
  const record: RemediationRecord = {
    remediationId: ID,
    target: { kind: resource.kind, partition: 'aws', account: '111122223333', region: 'eu-west-1', id: resource.id },
    action: 'close',
    trigger: 'custom-action',
    decidedBy: 'Ana',
    findings: [],
    startedAt: '2026-03-01T12:00:00.000Z',
    finishedAt: '2026-03-01T12:01:00.000Z',
    outcome: 'closed',
    before: resource,
    plan,
    runs: runsOf(plan.steps, ID),
    after: plan.remaining,
  };

  test('portcullis plan', () => {
    const printed = { target: { kind: resource.kind, id: resource.id }, controls, ...plan };
    const lines = renderPlan(printed, resource, colorsFor({})).split('\n');
    const notified = lines
      .map((line) => line.trim().replace(/ +/, ' '))
      .filter((line) => /^(add|revoke|repl|delete)/.test(line));
    expect(notified).toEqual(changes);
  });

  test('the note of a preview', () => {
    const note = because(...describePreview({ plan, resource, attachments: [] })).reason;
    expect(sentencesOf(note, 'Would be ')).toEqual(expected(changes));
  });

  test('the note of a closing, and of a question', () => {
    expect(sentencesOf(toFindingUpdate(record).note, '')).toEqual(expected(changes));
    const asked = toFindingUpdate({ ...record, outcome: 'asked', runs: [], reason: 'Protected.' });
    expect(sentencesOf(asked.note, 'Would be ')).toEqual(expected(changes));
  });

  test('portcullis show', () => {
    const story = renderStory(record, [], colorsFor({})).split('\n');
    const notified = story.flatMap(
      (line) => /Z {2}((?:add|revoke|replace|delete) .+): done, and seen/.exec(line)?.[1] ?? [],
    );
    expect(notified.flatMap(eachRule)).toEqual(changes);
  });

  test('the report', () => {
    const notified = changedRulesOf(record).changes.map(
      ({ verb, words, ruleId }) => `${verb} ${words}${ruleId === undefined ? '' : ` (${ruleId})`}`,
    );
    expect(notified).toEqual(changes);
  });
});

/** A call of several rules names its verb once. */
function eachRule(text: string): readonly string[] {
  const [verb = ''] = text.split(' ');
  return text.split(', ').map((part, index) => (index === 0 ? part : `${verb} ${part}`));
}

test('a note that is too long keeps what was taken and what is open, and gives up what was added', () => {
  const cidrs = Array.from({ length: 4 }, (_, i) => `2001:db8:1234:5678:9abc:def0:1234:${String(i)}000/112`);
  const rules = cidrs.map((CidrIpv6, i): SecurityGroupRule => ({
    SecurityGroupRuleId: `sgr-0123456789abcde${String(i)}`,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    CidrIpv6,
  }));
  const before = group('web', ...rules.slice(0, 2));
  const steps = [
    { call: 'AuthorizeSecurityGroupIngress' as const, rules: rules.slice(2) },
    { call: 'RevokeSecurityGroupIngress' as const, rules: rules.slice(0, 2) },
  ];
  const { note } = toFindingUpdate({
    remediationId: ID,
    target: {
      kind: 'security-group',
      partition: 'aws',
      account: '111122223333',
      region: 'eu-west-1',
      id: 'sg-0a1b2c3d',
    },
    action: 'close',
    trigger: 'custom-action',
    decidedBy: 'custom action "Close ingress"',
    findings: [],
    startedAt: '2026-03-01T12:00:00.000Z',
    outcome: 'closed',
    before,
    runs: runsOf(steps, ID),
    after: [],
  });
  expect(note.length).toBeLessThanOrEqual(512);
  for (const { SecurityGroupRuleId: id } of rules.slice(0, 2)) expect(note).toContain(`(${id ?? ''})`);
  expect(note).toContain('Open to the internet: nothing.');
  expect(note).not.toContain('(sgr-0123456789abcde3)');
});
