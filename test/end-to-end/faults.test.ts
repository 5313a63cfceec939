import type { Fault } from '../../sandbox/runtime/faults';
import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed } from './deployed-portcullis';
import { withShortPauses } from './edited-settings';

const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'manual', edit: withShortPauses });
});
afterEach(() => portcullis.behave());
afterAll(() => portcullis.stop());

/** Everything misbehaves from the click on. */
async function closeDespite(...faults: readonly Fault[]) {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.press(id);
  await portcullis.misbehave(...faults);
  await portcullis.clock.advance(HOUR);
  await portcullis.behave();
  const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(id);
  return {
    workflow: Workflow?.Status,
    outcome: UserDefinedFields?.['PortcullisOutcome'],
    note: Note?.Text ?? '',
    rules: (await portcullis.ingressOf(group)).length,
  };
}

const SERVICES: readonly (readonly [service: string, account: string])[] = [
  ['securityhub', HUB],
  ['dynamodb', HUB],
  ['lambda', HUB],
  ['events', HUB],
  ['sqs', HUB],
  ['sts', HUB],
  ['ssm', MEMBER],
  ['ec2', MEMBER],
];
const KINDS = ['throttle', 'internal-error', 'lost-response'] as const;

describe('trouble that passes', () => {
  test.each(KINDS)(
    'the first 4 calls to every service end in %s: closed and RESOLVED all the same, with nobody asking again',
    async (kind) => {
      const faults = SERVICES.map(([service, account]) => ({ kind, service, account, times: 4 }));
      const end = await closeDespite(...faults);
      expect(end).toMatchObject({ workflow: 'RESOLVED', outcome: 'closed', rules: 0 });
    },
  );
});

describe('trouble that stays', () => {
  test.each([
    ['the member role cannot be assumed', { kind: 'deny', service: 'sts', operation: 'AssumeRole' }, /AssumeRole/],
    [
      'groups cannot be described',
      { kind: 'deny', service: 'ec2', operation: 'DescribeSecurityGroups' },
      /UnauthorizedOperation/,
    ],
    [
      'rules cannot be described',
      { kind: 'deny', service: 'ec2', operation: 'DescribeSecurityGroupRules' },
      /UnauthorizedOperation/,
    ],
    [
      'EC2 fails every read',
      { kind: 'internal-error', service: 'ec2', operation: 'DescribeSecurityGroupRules' },
      /InternalError/,
    ],
  ] as const)('%s: could not say, NOTIFIED, with the reason', async (_, fault, why) => {
    const end = await closeDespite(fault);
    expect(end).toMatchObject({ workflow: 'NOTIFIED', outcome: 'could-not-tell', rules: 1 });
    expect(end.note).toMatch(why);
  });

  test.each([
    [
      'the runbook cannot be started',
      { kind: 'deny', service: 'ssm', operation: 'StartAutomationExecution' },
      /AccessDenied/,
    ],
    [
      'the runbook may not revoke',
      { kind: 'deny', service: 'ec2', operation: 'RevokeSecurityGroupIngress' },
      /UnauthorizedOperation/,
    ],
    [
      'EC2 fails every revoke',
      { kind: 'internal-error', service: 'ec2', operation: 'RevokeSecurityGroupIngress' },
      /InternalError/,
    ],
  ] as const)('%s: failed, NOTIFIED, with the reason', async (_, fault, why) => {
    const end = await closeDespite(fault);
    expect(end).toMatchObject({ workflow: 'NOTIFIED', outcome: 'failed', rules: 1 });
    expect(end.note).toMatch(why);
  });

  test('the rules can be read until the revoke, and no more afterwards: could not say, never RESOLVED', async () => {
    const end = await closeDespite({ kind: 'deny', service: 'ec2', operation: 'DescribeSecurityGroupRules', after: 1 });
    expect(end).toMatchObject({ workflow: 'NOTIFIED', outcome: 'could-not-tell' });
  });

  test('the ledger cannot keep the before-state: nothing is touched', async () => {
    const end = await closeDespite({ kind: 'deny', service: 'dynamodb', operation: 'PutItem', after: 1, times: 1 });
    expect(end).toMatchObject({ workflow: 'NOTIFIED', outcome: 'failed', rules: 1 });
    expect(end.note).toMatch(/[Nn]othing was touched/);
  });

  test('Security Hub cannot be read for an hour: the event is not lost, the finding is closed when it answers again', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.press(id);
    await portcullis.misbehave({ kind: 'internal-error', service: 'securityhub', operation: 'GetFindings' });
    await portcullis.clock.advance(HOUR / 4);
    await portcullis.behave();
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
    await portcullis.clock.advance(HOUR);
    expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  });
});
