import {
  AuthorizeSecurityGroupIngressCommand,
  CreateVpcCommand,
  ModifySecurityGroupRulesCommand,
} from '@aws-sdk/client-ec2';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from './deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;

let portcullis: Deployed;
/** What ran before the test: starting a world for each takes longer than the test. */
let earlier: ReadonlySet<string>;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'manual' });
});
beforeEach(async () => {
  const runbooks = (await portcullis.runbooksIn(virginia)).map(
    ({ AutomationExecutionId = '' }) => AutomationExecutionId,
  );
  const executions = (await portcullis.executions()).map(({ arn }) => arn);
  earlier = new Set([...runbooks, ...executions]);
});
afterEach(() => portcullis.behave());
afterAll(() => portcullis.stop());

async function runbooks() {
  const all = await portcullis.runbooksIn(virginia);
  return all.filter(({ AutomationExecutionId = '' }) => !earlier.has(AutomationExecutionId));
}

async function remediations() {
  return (await portcullis.executions()).filter(({ arn }) => !earlier.has(arn));
}

const untilRunbookStarts = () => portcullis.untilRunbookStarts(virginia);

/** Somebody changes the group's only rule. */
async function changeRule(
  group: Group,
  rule: { readonly CidrIpv4?: string; readonly ToPort?: number },
): Promise<string> {
  const [before] = await portcullis.ingressOf(group);
  const SecurityGroupRuleId = before?.SecurityGroupRuleId ?? '';
  const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: ANYWHERE, ...rule };
  await portcullis.clients.ec2(group).send(
    new ModifySecurityGroupRulesCommand({
      GroupId: group.id,
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
    }),
  );
  return SecurityGroupRuleId;
}

async function pressFor(group: Group, control = 'EC2.13'): Promise<string> {
  const id = await portcullis.importFinding(group, control);
  await portcullis.press(id);
  return id;
}

describe.each([
  ['in the default VPC, where EC2 says success to a revoke that matches nothing', undefined],
  ['in a VPC of its own, where EC2 refuses a revoke that does not match', '10.9.0.0/16'],
])('a rule that somebody changes between our look and the runbook, %s', (_, CidrBlock) => {
  let vpcId: string | undefined;
  beforeEach(async () => {
    if (CidrBlock === undefined) return;
    vpcId = (await portcullis.clients.ec2(virginia).send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId;
  });

  test('survives when it was narrowed to where it violates nothing: RESOLVED, and the note claims no revoke', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)], vpcId);
    const id = await pressFor(group);
    expect(await untilRunbookStarts()).toBe(true);
    const ruleId = await changeRule(group, { CidrIpv4: '203.0.113.0/24' });
    await portcullis.clock.advance(HOUR);
    expect(await portcullis.ingressOf(group)).toEqual([
      expect.objectContaining({ SecurityGroupRuleId: ruleId, CidrIpv4: '203.0.113.0/24' }),
    ]);
    const { Workflow, Note } = await portcullis.findingOf(id);
    expect(Workflow?.Status).toBe('RESOLVED');
    expect(Note?.Text).not.toContain('Revoked');
    expect((await portcullis.recordOf(id)).runs.map(({ end }) => end)).toEqual(['rules-changed']);
  });

  test('is planned again and closed when it violates in another way now', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)], vpcId);
    const id = await pressFor(group);
    expect(await untilRunbookStarts()).toBe(true);
    await changeRule(group, { ToPort: 23 });
    await portcullis.clock.advance(HOUR);
    expect(await portcullis.ingressOf(group)).toEqual([]);
    const { Workflow, Note } = await portcullis.findingOf(id);
    expect(Workflow?.Status).toBe('RESOLVED');
    expect(Note?.Text).toMatch(/Revoked: tcp 22-23 from 0\.0\.0\.0\/0 \(sgr-[0-9a-f]+\)\./);
    expect((await portcullis.recordOf(id)).runs.map(({ end }) => end)).toEqual(['rules-changed', 'effect-seen']);
  });

  test('is given up after three plans when it keeps changing: NOTIFIED, and nothing was revoked', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)], vpcId);
    const id = await pressFor(group);
    for (const ToPort of [23, 24, 25]) {
      expect(await untilRunbookStarts()).toBe(true);
      await changeRule(group, { ToPort });
      // Past the end of this run.
      await portcullis.clock.advance(1_000);
    }
    await portcullis.clock.advance(HOUR);
    const { Workflow, Note, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'still-open']);
    expect(Note?.Text).toContain('3 plans');
    expect(Note?.Text).not.toContain('Revoked');
    expect(await portcullis.ingressOf(group)).toEqual([expect.objectContaining({ FromPort: 22, ToPort: 25 })]);
    expect(await runbooks()).toHaveLength(3);
  });
});

describe('what is to stay is authorized first', () => {
  test('when the group is full at that moment, nothing is revoked, and the note says so', async () => {
    const addresses = Array.from({ length: 57 }, (_, index) => `10.0.${String(index)}.0/24`);
    const group = await portcullis.openGroup(virginia, [tcp(0, 65_535, ANYWHERE), tcp(8443, 8443, ...addresses)]);
    const id = await pressFor(group);
    expect(await untilRunbookStarts()).toBe(true);
    await portcullis.clients.ec2(group).send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group.id,
        IpPermissions: [tcp(8443, 8443, '10.1.0.0/24', '10.1.1.0/24')],
      }),
    );
    const before = await portcullis.ingressOf(group);
    await portcullis.clock.advance(HOUR);
    const { Workflow, Note } = await portcullis.findingOf(id);
    expect(Workflow?.Status).toBe('NOTIFIED');
    expect(Note?.Text).toContain('the group holds as many as its quota allows');
    expect(await portcullis.ingressOf(group)).toEqual(before);
  });

  test('when the group is full already, a person is asked, and no runbook is started', async () => {
    const addresses = Array.from({ length: 59 }, (_, index) => `10.0.${String(index)}.0/24`);
    const group = await portcullis.openGroup(virginia, [tcp(0, 65_535, ANYWHERE), tcp(8443, 8443, ...addresses)]);
    const id = await pressFor(group);
    await portcullis.clock.advance(HOUR);
    const { Workflow, Note, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'asked']);
    expect(Note?.Text).toContain('60');
    expect(await runbooks()).toEqual([]);
    expect(await portcullis.ingressOf(group)).toHaveLength(60);
  });

  test('when EC2 denies it, nothing is revoked, and the note gives the reason', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(0, 65_535, ANYWHERE)]);
    const id = await pressFor(group);
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'AuthorizeSecurityGroupIngress' });
    await portcullis.clock.advance(HOUR);
    const { Workflow, Note, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'failed']);
    expect(Note?.Text).toContain('UnauthorizedOperation');
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
  });
});

describe('one target, one remediation', () => {
  test('an event that is delivered twice is one remediation and one runbook run', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await pressFor(group);
    await portcullis.press(id);
    await portcullis.clock.advance(HOUR);
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['RESOLVED', 'closed']);
    expect(await remediations()).toHaveLength(1);
    expect(await runbooks()).toHaveLength(1);
  });

  test('a message that SQS delivers again after all is done changes nothing of what the finding says', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await pressFor(group);
    const dispatched = await portcullis.invocationsOf('Portcullis-Dispatcher');
    await portcullis.misbehave({ kind: 'internal-error', service: 'sqs', operation: 'DeleteMessageBatch', times: 1 });
    await portcullis.clock.advance(HOUR);
    const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['RESOLVED', 'closed']);
    expect(Note?.Text).toContain('Revoked: tcp 22 from 0.0.0.0/0');
    expect(await portcullis.invocationsOf('Portcullis-Dispatcher')).toBe(dispatched + 2);
    expect(await remediations()).toHaveLength(1);
    expect((await portcullis.messages()).filter(({ queue }) => queue.endsWith('Portcullis-Findings'))).toEqual([]);
  });

  test('a click long after RESOLVED is a new decision, and is worked on', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await pressFor(group);
    await portcullis.clock.advance(HOUR);
    const permissions = [tcp(22, 22, ANYWHERE)];
    await portcullis.clients
      .ec2(group)
      .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: permissions }));
    await portcullis.press(id);
    await portcullis.clock.advance(HOUR);
    expect(await portcullis.ingressOf(group)).toEqual([]);
    expect(await remediations()).toHaveLength(2);
  });

  test('a finding that arrives while its target is being remediated is processed by the same execution', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    // The first remediation takes ten seconds to learn that it failed.
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'RevokeSecurityGroupIngress', times: 1 });
    const first = await pressFor(group, 'EC2.13');
    expect(await untilRunbookStarts()).toBe(true);
    const late = await pressFor(group, 'EC2.19');
    await portcullis.clock.advance(HOUR);
    const found = await Promise.all([first, late].map((id) => portcullis.findingOf(id)));
    expect(found.map(({ Workflow }) => Workflow?.Status)).toEqual(['RESOLVED', 'RESOLVED']);
    expect((await remediations()).map(({ status }) => status)).toEqual(['SUCCEEDED']);
    const statuses = (await runbooks()).map(({ AutomationExecutionStatus }) => AutomationExecutionStatus);
    expect([...statuses].sort()).toEqual(['Failed', 'Success']);
  });

  test.each([
    ['before it stored that the runbook was started', 'start RevokeSecurityGroupIngress 0.0', 'before-checkpoint'],
    ['after it stored that the runbook was started', 'start RevokeSecurityGroupIngress 0.0', 'after-checkpoint'],
    ['before it stored what it observed', 'observe decision.0', 'before-checkpoint'],
    ['before it stored that the outcome is in the ledger', 'store outcome', 'before-checkpoint'],
    ['before it stored that the findings were updated', 'update findings 0', 'before-checkpoint'],
    ['before it stored that the target was released', 'release', 'before-checkpoint'],
  ])('an orchestrator that is killed %s finishes after all, with one runbook run', async (_, operation, moment) => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await pressFor(group);
    const { armed } = await portcullis.kill({ operation, action: 'SUCCEED', moment });
    expect(armed).toHaveLength(1);
    await portcullis.clock.advance(HOUR);
    expect((await portcullis.kill({})).armed).toEqual([]);
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['RESOLVED', 'closed']);
    expect(await portcullis.ingressOf(group)).toEqual([]);
    expect((await remediations()).map(({ status }) => status)).toEqual(['SUCCEEDED']);
    expect(await runbooks()).toHaveLength(1);
  });
});
