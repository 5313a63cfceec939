import {
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  ModifyVpcBlockPublicAccessOptionsCommand,
} from '@aws-sdk/client-ec2';
import type { Context } from '../../src/core/context/context';
import { runAsOperator } from '../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from './deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };
const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

async function close(group: Group): Promise<{ readonly context: Context | undefined; readonly note: string }> {
  const id = await portcullis.importFinding(group, 'EC2.13');
  const pressed = async () => {
    await portcullis.press(id);
    await portcullis.settle();
    return portcullis.findingOf(id);
  };
  const first = await pressed();
  // Whatever is known or not, a person may have it closed; where it is the last way in, they are asked once.
  const isAsked = first.UserDefinedFields?.['PortcullisOutcome'] === 'asked';
  const { UserDefinedFields, Note } = isAsked ? await pressed() : first;
  expect(UserDefinedFields?.['PortcullisOutcome']).toBe('closed');
  return { context: (await portcullis.recordOf(id)).context, note: Note?.Text ?? '' };
}

describe('the same open port shows what is around it', () => {
  test('on a group that nothing is attached to', async () => {
    const { context, note } = await close(await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]));
    expect(context).toMatchObject({
      attached: { known: true, value: { count: 0, kinds: [], items: [] } },
      reachable: { known: true, value: { answer: 'no' } },
      managedBy: { known: true, value: { by: 'none-seen' } },
      used: { known: false },
    });
    expect(note).toContain('The internet does not reach it: nothing is attached. Nothing is attached.');
  });

  test('on an instance with a public address', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.runInstance(group, 'web');
    const { context, note } = await close(group);
    expect(context).toMatchObject({
      attached: {
        value: { count: 1, kinds: ['instance'], items: [{ kind: 'instance', id, name: 'web', state: 'running' }] },
      },
      reachable: { value: { answer: 'yes', through: [expect.stringMatching(/^eni-\w+ \(18\./)] } },
    });
    expect(context?.otherWayIn).toMatchObject({ value: { answer: 'no' }, evidence: [expect.stringContaining(id)] });
    expect(note).toMatch(
      /The internet reaches it through eni-\w+ \(18\.[\d.]+\)\. No other way into it is known: .*Open sessions end at once\. Attached: instance i-\w+ \(web, running\)\./,
    );
  });

  test('on an instance in a VPC without a way to the internet', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)], await portcullis.openVpc(frankfurt));
    await portcullis.runInstance(group, 'database');
    const { context } = await close(group);
    expect(context?.reachable).toMatchObject({
      value: { answer: 'no' },
      evidence: [expect.stringContaining('has no public address')],
    });
  });

  test('where VPC Block Public Access keeps the internet out', async () => {
    const ec2 = portcullis.clients.ec2(virginia);
    await ec2.send(new ModifyVpcBlockPublicAccessOptionsCommand({ InternetGatewayBlockMode: 'block-ingress' }));
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    await portcullis.runInstance(group, 'web');
    const { context } = await close(group);
    expect(context?.reachable).toMatchObject({
      value: { answer: 'no' },
      evidence: [expect.stringContaining('Block Public Access')],
    });
  });

  test('and what may not be read is unknown, with the permission that is missing', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    await portcullis.runInstance(group, 'web');
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'DescribeRouteTables' });
    const { context } = await close(group);
    await portcullis.behave();
    expect(context?.reachable).toMatchObject({
      known: false,
      reason: expect.stringContaining('DescribeRouteTables') as string,
    });
    expect(context?.attached).toMatchObject({ known: true, value: { kinds: ['instance'] } });
  });

  test('and another way in: an agent that is online on each instance, or a rule that stays', async () => {
    const withAgent = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    await portcullis.runInstance(withAgent, 'web', true);
    expect((await close(withAgent)).context?.otherWayIn).toMatchObject({
      value: { answer: 'yes', ways: ['Session Manager'] },
    });
    const another = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE, '10.0.0.0/8')]);
    await portcullis.runInstance(another, 'web');
    expect((await close(another)).context?.otherWayIn).toMatchObject({
      value: { answer: 'yes', ways: [expect.stringMatching(/^tcp 22 from 10\.0\.0\.0\/8/)] },
    });
    const half = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    await portcullis.runInstance(half, 'one', true);
    await portcullis.runInstance(half, 'two');
    expect((await close(half)).context?.otherWayIn).toMatchObject({ value: { answer: 'no' } });
  });

  test('and an agent that may not be asked for is unknown', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    await portcullis.runInstance(group, 'web', true);
    await portcullis.misbehave({ kind: 'deny', service: 'ssm', operation: 'DescribeInstanceInformation' });
    const { context } = await close(group);
    await portcullis.behave();
    expect(context?.otherWayIn).toMatchObject({
      known: false,
      reason: expect.stringContaining('DescribeInstanceInformation') as string,
    });
  });

  test('and who opened it, from where and with what', async () => {
    const group = await portcullis.openGroup(frankfurt, []);
    const withTerraform = new EC2Client({
      endpoint: portcullis.endpoint,
      region: frankfurt.region,
      credentials: { accessKeyId: frankfurt.account, secretAccessKey: 'any' },
      customUserAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.0 terraform-provider-aws/5.70.0',
    });
    await withTerraform.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(22, 22, ANYWHERE)] }),
    );
    withTerraform.destroy();
    const { context, note } = await close(group);
    expect(context?.openedBy).toMatchObject({
      known: true,
      value: { who: `arn:aws:iam::${MEMBER}:root`, from: '127.0.0.1', with: 'terraform' },
      evidence: [expect.stringMatching(/^sgr-\w+: AuthorizeSecurityGroupIngress, event /)],
    });
    expect(context?.managedBy).toMatchObject({ known: true, value: { by: 'terraform' } });
    expect(note).toMatch(/Managed by terraform: .* Opened by root with Terraform on \d{4}-\d\d-\d\d\./);
  });

  test('and who had a runbook of ours open it, by an undo, of groups and network ACLs', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    const acl = await portcullis.openNetworkAcl(frankfurt, await portcullis.openVpc(frankfurt), [
      { RuleNumber: 100, Protocol: '6', RuleAction: 'allow', CidrBlock: ANYWHERE, PortRange: { From: 22, To: 22 } },
    ]);
    for (const [target, control] of [
      [group, 'EC2.13'],
      [acl, 'EC2.21'],
    ] as const) {
      const id = await portcullis.importFinding(target, control);
      await portcullis.press(id);
      await portcullis.settle();
      const { UserDefinedFields = {} } = await portcullis.findingOf(id);
      await runAsOperator(portcullis, ['undo', UserDefinedFields['PortcullisRemediationId'] ?? '']);
      const where = `${frankfurt.account}/${frankfurt.region}/${target.id}`;
      const { stdout } = await runAsOperator(portcullis, ['context', '--target', where]);
      expect(stdout).toMatch(/opened by: portcullis undo by arn:aws:iam::111111111111:root \(rem-\w+\), .*from ssm/);
    }
  });

  test('and where the account is in the organization', async () => {
    const { context } = await close(await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]));
    expect(context?.account).toMatchObject({
      known: true,
      value: { name: 'workload-1', organizationalUnits: ['ou-5a0d-workloads', 'r-5a0d'] },
    });
  });

  test.each([
    // Who opened it may be all that shows what manages it.
    ['cloudtrail', 'LookupEvents', ['openedBy', 'managedBy']],
    ['organizations', 'DescribeAccount', ['account']],
  ] as const)('and without %s:%s that alone is unknown, with the permission', async (service, operation, facts) => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    await portcullis.misbehave({ kind: 'deny', service, operation });
    const { context } = await close(group);
    await portcullis.behave();
    const unknown = Object.entries(context ?? {}).flatMap(([name, { known }]) => (known ? [] : name));
    expect(unknown.sort()).toEqual([...facts, 'used'].sort());
    for (const fact of facts) {
      expect(context?.[fact]).toMatchObject({ reason: expect.stringContaining(`${service}:${operation}`) as string });
    }
  });

  test('and that CloudTrail is asked too often is unknown', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    await portcullis.misbehave({ kind: 'throttle', service: 'cloudtrail', operation: 'LookupEvents' });
    const { context } = await close(group);
    await portcullis.behave();
    expect(context?.openedBy).toMatchObject({ known: false, reason: expect.stringContaining('Thrott') as string });
  });

  test('with hostile names as nothing but data', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    const name = `<script>\u001b[31m\n${'x'.repeat(200)}`;
    await portcullis.runInstance(group, name);
    const { context, note } = await close(group);
    expect(context?.attached).toMatchObject({ value: { items: [{ name }] } });
    expect(note).not.toMatch(/[\u0000-\u001f]/);
    expect(note).toContain('Attached: instance i-');
    expect(note).toMatch(/\(<script> \[31m/);
    expect(note).toContain('Undo closing');
  });
});
