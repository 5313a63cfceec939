import type { RunbookRunRecord, RunEnd } from '../../../src/core/ledger/remediation-record';
import { runsInEffect } from '../../../src/core/ledger/runs-in-effect';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { PlanStep } from '../../../src/core/planning/plan';

const rule = (port: number): SecurityGroupRule => ({
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  CidrIpv4: '0.0.0.0/0',
});

const entry = (RuleNumber: number): NetworkAclEntry => ({
  RuleNumber,
  Protocol: '6',
  RuleAction: 'allow',
  Egress: false,
  CidrBlock: '0.0.0.0/0',
});

const run = (step: PlanStep, end: RunEnd = 'effect-seen'): RunbookRunRecord => ({
  runId: 'rem-1/0.0',
  step,
  startedAt: '2026-03-01T12:00:00.000Z',
  end,
});

const CLOSING = {
  runs: [
    run({ call: 'RevokeSecurityGroupIngress', rules: [rule(22), rule(23)] }),
    run({ call: 'RevokeSecurityGroupIngress', rules: [rule(25)] }),
  ],
};

describe('runsStillStanding', () => {
  test('are all runs where nobody has tried to undo them', () => {
    expect(runsInEffect(CLOSING.runs, [])).toBe(CLOSING.runs);
  });

  test('leaves out what an undo was seen to put back', () => {
    const undo = {
      runs: [
        run({ call: 'AuthorizeSecurityGroupIngress', rules: [rule(22)] }),
        run({ call: 'AuthorizeSecurityGroupIngress', rules: [rule(25)] }),
      ],
    };
    expect(runsInEffect(CLOSING.runs, [undo]).map(({ step }) => step.rules)).toEqual([[rule(23)]]);
  });

  test.each(['failed', 'no-effect', 'rules-changed', undefined] as const)(
    'counts on nothing that ended as %s',
    (end) => {
      const step: PlanStep = { call: 'AuthorizeSecurityGroupIngress', rules: [rule(22)] };
      const { end: _, ...unknown } = run(step);
      expect(runsInEffect(CLOSING.runs, [{ runs: [end === undefined ? unknown : run(step, end)] }])).toEqual(
        CLOSING.runs,
      );
    },
  );

  test('marks what was put back of a network ACL, and tells its entries apart by number and direction', () => {
    const closing = {
      runs: [
        run({ call: 'CreateNetworkAclEntry', rules: [entry(101)] }),
        run({ call: 'ReplaceNetworkAclEntry', rules: [entry(100)] }),
      ],
    };
    const undo = { runs: [run({ call: 'ReplaceNetworkAclEntry', rules: [{ ...entry(100), Protocol: '-1' }] })] };
    const other = { runs: [run({ call: 'DeleteNetworkAclEntry', rules: [{ ...entry(101), Egress: true }] })] };
    const standing = runsInEffect(closing.runs, [undo, other]);
    expect(standing.map(({ isUndone = false }) => isUndone)).toEqual([false, true]);
    expect(runsInEffect(standing, [other])).toEqual(standing);
  });
});
