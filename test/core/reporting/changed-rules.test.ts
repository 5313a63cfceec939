import type { RunEnd, RunbookRunRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { PlanStep } from '../../../src/core/planning/plan';
import { changedRulesOf } from '../../../src/core/reporting/changed-rules';

const entry = (RuleNumber: number, from: number, to: number): NetworkAclEntry => ({
  RuleNumber,
  Protocol: '6',
  RuleAction: 'allow',
  Egress: false,
  CidrBlock: '0.0.0.0/0',
  PortRange: { From: from, To: to },
});

const run = (step: PlanStep, end: RunEnd = 'effect-seen'): RunbookRunRecord => ({
  runId: 'rem-0123456789abcdef/0.0',
  step,
  startedAt: '2026-11-11T00:00:02Z',
  end,
});

const REWRITE = [
  run({ call: 'CreateNetworkAclEntry', rules: [entry(101, 23, 65_535)] }),
  run({ call: 'ReplaceNetworkAclEntry', rules: [entry(100, 0, 21)] }),
];
const before = {
  kind: 'network-acl',
  id: 'acl-0123456789abcdef0',
  isDefault: false,
  tags: [],
  entries: [entry(90, 443, 443), entry(100, 0, 65_535)],
} as const;

const inWords = ({ removed, added }: ReturnType<typeof changedRulesOf>) => ({
  removed: removed.map(({ words }) => words),
  added: added.map(({ words }) => words),
});

test('a rewritten network ACL shows the entry that went and those that came in its place', () => {
  expect(inWords(changedRulesOf({ runs: REWRITE, before }))).toEqual({
    removed: ['entry 100 tcp 0-65535 from 0.0.0.0/0'],
    added: ['entry 101 tcp 23-65535 from 0.0.0.0/0', 'entry 100 tcp 0-21 from 0.0.0.0/0'],
  });
});

test('what a replacement is recorded to have replaced counts before what once stood there', () => {
  const [create, replace] = REWRITE;
  if (!create || !replace) throw new Error('there are two runs');
  const runs = [create, { ...replace, replaced: entry(100, 0, 1024) }];
  expect(inWords(changedRulesOf({ runs, before })).removed).toEqual(['entry 100 tcp 0-1024 from 0.0.0.0/0']);
});

test('a deleted entry went', () => {
  const runs = [run({ call: 'DeleteNetworkAclEntry', rules: [entry(100, 22, 22)] })];
  expect(inWords(changedRulesOf({ runs }))).toEqual({ removed: ['entry 100 tcp 22 from 0.0.0.0/0'], added: [] });
});

test('without a before-state it claims nothing about what was replaced', () => {
  expect(inWords(changedRulesOf({ runs: REWRITE })).removed).toEqual([]);
});

test('what nobody saw happen is not shown as having happened', () => {
  const unseen = REWRITE.map((one) => ({ ...one, end: 'unknown' as const }));
  expect(changedRulesOf({ runs: unseen, before })).toEqual({ changes: [], removed: [], added: [] });
});
