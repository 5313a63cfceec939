import { readFileSync } from 'node:fs';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { parse } from 'yaml';
import { createMemberAccounts } from '../../src/aws/member-credentials';
import { createRunbooks } from '../../src/aws/runbooks';
import { createTargets } from '../../src/aws/targets';
import { targetArn, type Target } from '../../src/core/target';
import type { RunbookRun } from '../../src/flow/ports';
import { createEc2 } from '../../src/sandbox/ec2/ec2-service';
import type { Sandbox } from '../../src/sandbox/sandbox';
import { createSsm } from '../../src/sandbox/ssm/ssm-service';
import {
  asAdministrator,
  home,
  hub,
  linked,
  member,
  provision,
  provisionRole,
  startSmallSandbox,
} from '../sandbox/small-sandbox';

const REMEDIATION = 'rem-0123456789abcdef';
const ALL_READS = ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules', 'ec2:GetManagedPrefixListEntries'];
const EVERYTHING = [...ALL_READS, 'ssm:StartAutomationExecution', 'ssm:GetAutomationExecution', 'iam:PassRole'];

let sandbox: Sandbox;
let ec2: EC2Client;
let target: Target;

beforeEach(async () => {
  sandbox = await startSmallSandbox(createEc2(), createSsm());
  // As in Lambda: the adapters' clients find their endpoint and credentials in the environment.
  process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint;
  ec2 = new EC2Client(asAdministrator(sandbox, member, linked));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'Web servers', VpcId: Vpc?.VpcId }),
  );
  target = { kind: 'security-group', partition: 'aws', account: member, region: linked, id: GroupId };
});

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  ec2.destroy();
  await sandbox.stop();
});

async function allowMemberRole(actions: readonly string[]): Promise<void> {
  await provision(
    sandbox,
    'AWS::IAM::Role',
    {
      RoleName: 'Portcullis-Member',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${hub}:root` }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: 'Only',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
        },
      ],
    },
    { account: member },
  );
}

function accounts() {
  const clock = { now: () => new Date(sandbox.world.clock.now()) };
  return createMemberAccounts(new STSClient(asAdministrator(sandbox, hub, home)), 'Portcullis-Member', clock);
}

async function open(port: number, CidrIp = '0.0.0.0/0', Description = 'Web'): Promise<void> {
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: target.id,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp, Description }] }],
    }),
  );
}

describe('observing a security group', () => {
  it('reads its rules of both directions with the member role, in its own account and Region', async () => {
    await allowMemberRole(ALL_READS);
    await open(22);
    const observed = await createTargets(accounts()).observe(target, REMEDIATION);

    expect(observed).toMatchObject({ ok: true, value: { kind: 'found', resource: { id: target.id, name: 'web' } } });
    const resource = observed.ok && observed.value.kind === 'found' ? observed.value.resource : undefined;
    const rules = resource?.kind === 'security-group' ? resource.rules : [];
    expect(resource).not.toHaveProperty('attachedInterfaceIds');
    expect(rules.map(({ IsEgress }) => IsEgress).sort()).toEqual([false, true]);
    expect(rules.find(({ IsEgress }) => !IsEgress)).toMatchObject({
      SecurityGroupRuleId: expect.stringMatching(/^sgr-/) as string,
      IpProtocol: 'tcp',
      FromPort: 22,
      CidrIpv4: '0.0.0.0/0',
      Description: 'Web',
    });
  });

  it('reads the entries of the prefix lists that its ingress names', async () => {
    await allowMemberRole(ALL_READS);
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: 'offices',
        AddressFamily: 'IPv4',
        MaxEntries: 5,
        Entries: [{ Cidr: '0.0.0.0/0' }, { Cidr: '198.51.100.0/24' }],
      }),
    );
    const PrefixListId = PrefixList?.PrefixListId ?? '';
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: target.id,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId }] }],
      }),
    );
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      value: { resource: { prefixLists: { [PrefixListId]: ['0.0.0.0/0', '198.51.100.0/24'] } } },
    });
  });

  it('says that a group which does not exist is gone', async () => {
    await allowMemberRole(ALL_READS);
    const observed = await createTargets(accounts()).observe({ ...target, id: 'sg-0ffffffffffffffff' }, REMEDIATION);
    expect(observed).toEqual({ ok: true, value: { kind: 'gone' } });
  });

  it('says which role cannot be assumed, and what that may mean', async () => {
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      ok: false,
      error: {
        code: 'access-denied',
        retryable: false,
        cause: expect.stringContaining(
          `Role Portcullis-Member cannot be assumed in account ${member} (is the member stack deployed there?)`,
        ) as string,
      },
    });
  });

  it('never takes rules that it may not read for no rules', async () => {
    await allowMemberRole(['ec2:DescribeSecurityGroups']);
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      ok: false,
      error: { code: 'access-denied', cause: expect.stringContaining(`The rules of ${targetArn(target)}`) as string },
    });
  });

  it('leaves out a prefix list that it may not read', async () => {
    await allowMemberRole(['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules']);
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({ PrefixListName: 'offices', AddressFamily: 'IPv4', MaxEntries: 5 }),
    );
    const PrefixListId = PrefixList?.PrefixListId ?? '';
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: target.id,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId }] }],
      }),
    );
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      ok: true,
      value: { resource: { prefixLists: {} } },
    });
  });

  describe('that is a default group', () => {
    const READS = [...ALL_READS, 'ec2:DescribeNetworkInterfaces'];
    let subnetId: string | undefined;

    beforeEach(async () => {
      const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
      const ofVpc = { Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] };
      const Filters = [ofVpc, { Name: 'group-name', Values: ['default'] }];
      const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: [ofVpc] }));
      target = { ...target, id: SecurityGroups?.[0]?.GroupId ?? '' };
      subnetId = Subnets?.[0]?.SubnetId;
    });

    const attach = async (count: number): Promise<readonly (string | undefined)[]> => {
      const ids: (string | undefined)[] = [];
      for (let i = 0; i < count; i++) {
        const made = await ec2.send(
          new CreateNetworkInterfaceCommand({
            SubnetId: subnetId,
            Groups: [target.id],
            Description: `web ${String(i)}`,
          }),
        );
        ids.push(made.NetworkInterface?.NetworkInterfaceId);
      }
      return ids;
    };

    it('reads the network interfaces that it is attached to', async () => {
      await allowMemberRole(READS);
      const ids = await attach(2);
      expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
        value: { resource: { name: 'default', attachedInterfaceIds: ids } },
      });
    });

    it('never takes interfaces that it may not read for none', async () => {
      await allowMemberRole(ALL_READS);
      expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
        ok: false,
        error: {
          code: 'access-denied',
          cause: expect.stringContaining(`The network interfaces of ${targetArn(target)}`) as string,
        },
      });
    });

    it('tells what it is attached to, by the descriptions of the interfaces', async () => {
      await allowMemberRole(READS);
      const [id] = await attach(1);
      expect(await createTargets(accounts()).fetchAttachments(target, REMEDIATION)).toEqual({
        ok: true,
        value: [{ kind: 'network-interface', id, description: 'web 0' }],
      });
    });

    it('reads interfaces page by page', async () => {
      await allowMemberRole(READS);
      const ids = await attach(1005);
      const attached = await createTargets(accounts()).fetchAttachments(target, REMEDIATION);
      expect(attached.ok && attached.value.map(({ id }) => id)).toEqual(ids);
    });
  });

  it('is retryable when EC2 throttles for longer than the SDK tries', async () => {
    await allowMemberRole(ALL_READS);
    sandbox.world.faults.add({ kind: 'throttle', service: 'ec2', operation: 'DescribeSecurityGroupRules' });
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      ok: false,
      error: { code: 'throttled', retryable: true },
    });
  });
});

describe('a runbook', () => {
  beforeEach(async () => {
    await allowMemberRole(EVERYTHING);
    await provisionRole(sandbox, {
      name: 'Portcullis-Runbook',
      account: member,
      trusted: 'ssm.amazonaws.com',
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateTags'],
    });
    for (const name of ['CloseSecurityGroupIngress', 'AuthorizeSecurityGroupIngress']) {
      await provision(
        sandbox,
        'AWS::SSM::Document',
        {
          Name: `Portcullis-${name}`,
          DocumentType: 'Automation',
          Content: parse(readFileSync(`ssm-documents/${name}.yaml`, 'utf8')) as object,
        },
        { account: member, region: linked },
      );
    }
  });

  const runbooks = () => createRunbooks(accounts(), { prefix: 'Portcullis', runbookRole: 'Portcullis-Runbook' });

  async function ingressOf() {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [target.id] }] }),
    );
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true);
  }

  function run(step: RunbookRun['step'], index = 0): RunbookRun {
    return { target, remediationId: REMEDIATION, action: 'close', runId: `${REMEDIATION}/0.${String(index)}`, step };
  }

  const permission = (port: number) => ({
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    CidrIpv4: '0.0.0.0/0',
  });

  async function startAndFinish(started: RunbookRun) {
    const result = await runbooks().start(started);
    if (!result.ok) throw new Error(result.error.cause);
    await sandbox.world.clock.advance(60_000);
    return result.value.executionId;
  }

  it('revokes exactly the rules of the step', async () => {
    await open(22);
    await open(443);
    const revoke = run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] });
    const executionId = await startAndFinish(revoke);

    expect(await runbooks().explain(revoke, executionId)).toEqual({ ok: true, value: { kind: 'succeeded' } });
    expect((await ingressOf()).map(({ FromPort }) => FromPort)).toEqual([443]);
  });

  it('authorizes with description and tags, and names the remediation', async () => {
    const Tags = [{ Key: 'owner', Value: 'web' }];
    await startAndFinish(
      run({ call: 'AuthorizeSecurityGroupIngress', rules: [{ ...permission(443), Description: 'Web', Tags }] }),
    );
    expect(await ingressOf()).toMatchObject([
      { FromPort: 443, Description: 'Web', Tags: [...Tags, { Key: 'portcullis:remediation', Value: REMEDIATION }] },
    ]);
  });

  it('says by its code that the rule is not there any more', async () => {
    const revoke = run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] });
    const executionId = await startAndFinish(revoke);
    expect(await runbooks().explain(revoke, executionId)).toMatchObject({
      value: { kind: 'failed', code: 'InvalidPermission.NotFound' },
    });
  });

  it('is started once, however often its start is repeated', async () => {
    await open(22);
    const revoke = run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] });
    sandbox.world.faults.add({
      kind: 'lost-response',
      service: 'ssm',
      operation: 'StartAutomationExecution',
      times: 1,
    });
    const repeated = await runbooks().start(revoke);
    // Either SSM gives the execution again or says that the token is taken: both mean that it runs.
    expect(repeated.ok || repeated.error.code === 'conflict').toBe(true);
  });

  it('cannot be started where the documents are missing, and says so', async () => {
    const elsewhere = {
      ...run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] }),
      target: { ...target, region: home },
    };
    expect(await runbooks().start(elsewhere)).toMatchObject({
      ok: false,
      error: { retryable: false, cause: expect.stringContaining('Portcullis-CloseSecurityGroupIngress') as string },
    });
  });
});
