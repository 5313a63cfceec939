import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteNetworkAclEntryCommand,
  DeleteSecurityGroupCommand,
  DeleteTagsCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
  ModifyManagedPrefixListCommand,
  ReplaceNetworkAclEntryCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, home, hub, linked, member, provision, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let ec2: EC2Client;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createEc2());
  ec2 = new EC2Client(asAdministrator(sandbox, member));
});
afterEach(() => sandbox.stop());

async function createGroup(GroupName = 'web'): Promise<string> {
  const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: 'a group' }));
  return made.GroupId ?? '';
}

const ssh = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

describe('places', () => {
  test('every account and Region has a default VPC with a default group of its own', async () => {
    const seen = new Set<string | undefined>();
    for (const [account, region] of [
      [hub, home],
      [member, home],
      [member, linked],
    ] as const) {
      const client = new EC2Client(asAdministrator(sandbox, account, region));
      const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({ GroupNames: ['default'] }));
      expect(SecurityGroups).toMatchObject([
        {
          OwnerId: account,
          IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: SecurityGroups?.[0]?.GroupId }] }],
        },
      ]);
      seen.add(SecurityGroups?.[0]?.GroupId);
    }
    expect(seen.size).toBe(3);
  });

  test('groups are seen in their own account and Region only', async () => {
    const GroupIds = [await createGroup()];
    for (const place of [asAdministrator(sandbox, hub), asAdministrator(sandbox, member, linked)]) {
      await expect(new EC2Client(place).send(new DescribeSecurityGroupsCommand({ GroupIds }))).rejects.toMatchObject({
        name: 'InvalidGroup.NotFound',
      });
    }
  });

  test('Regions are those of the sandbox', async () => {
    const { Regions } = await ec2.send(new DescribeRegionsCommand({}));
    expect(Regions?.map(({ RegionName }) => RegionName)).toEqual([home, linked]);
  });
});

describe('security groups', () => {
  test.each([
    ['a name that is taken', { GroupName: 'taken' }, 'InvalidGroup.Duplicate'],
    ['the name default', { GroupName: 'default' }, 'InvalidParameterValue'],
    ['a name like an id', { GroupName: 'sg-mine' }, 'InvalidParameterValue'],
    ['a VPC that is not there', { GroupName: 'web', VpcId: 'vpc-00000000000000000' }, 'InvalidVpcID.NotFound'],
    [
      'tags of another type',
      { GroupName: 'web', TagSpecifications: [{ ResourceType: 'vpc' as const, Tags: [{ Key: 'a' }] }] },
      'InvalidParameterValue',
    ],
  ])('%s is refused', async (_, input, name) => {
    await createGroup('taken');
    await expect(ec2.send(new CreateSecurityGroupCommand({ Description: 'a group', ...input }))).rejects.toMatchObject({
      name,
    });
  });

  test('a group is deleted when nothing depends on it', async () => {
    const GroupId = await createGroup();
    const other = await createGroup('other');
    const fromGroup = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: fromGroup }));
    await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: other }));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
    await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupName: 'default' }))).rejects.toMatchObject({
      name: 'CannotDelete',
    });
  });

  test('a group in use by an interface is found through it, and not deleted', async () => {
    const GroupId = await createGroup();
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: Subnets?.[0]?.SubnetId, Groups: [GroupId] }));
    const { NetworkInterfaces } = await ec2.send(
      new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
    );
    expect(NetworkInterfaces).toMatchObject([
      { Groups: [{ GroupId, GroupName: 'web' }], PrivateIpAddress: '172.31.0.4' },
    ]);
    await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
  });

  test('groups are found by their rules', async () => {
    const GroupId = await createGroup();
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
    const found = async (Name: string, value: string) => {
      const { SecurityGroups } = await ec2.send(
        new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values: [value] }] }),
      );
      return SecurityGroups?.map((group) => group.GroupId);
    };
    await expect(found('ip-permission.cidr', '0.0.0.0/0')).resolves.toEqual([GroupId]);
    await expect(found('ip-permission.from-port', '22')).resolves.toEqual([GroupId]);
    await expect(found('ip-permission.to-port', '23')).resolves.toEqual([]);
    await expect(found('group-name', 'w*')).resolves.toEqual([GroupId]);
  });
});

describe('tags', () => {
  test('are put, found and taken away', async () => {
    const GroupId = await createGroup();
    const put = (Tags: { Key: string; Value: string }[]) =>
      ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags }));
    await put([
      { Key: 'stage', Value: 'test' },
      { Key: 'team', Value: 'a' },
    ]);
    await put([{ Key: 'team', Value: 'b' }]);
    const tagsOf = async () => {
      const { Tags } = await ec2.send(
        new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [GroupId] }] }),
      );
      return Tags?.map(({ Key, Value, ResourceType }) => `${ResourceType ?? ''} ${Key ?? ''}=${Value ?? ''}`);
    };
    await expect(tagsOf()).resolves.toEqual(['security-group stage=test', 'security-group team=b']);
    await ec2.send(
      new DeleteTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'team', Value: 'a' }, { Key: 'stage' }] }),
    );
    await expect(tagsOf()).resolves.toEqual(['security-group team=b']);

    await expect(put([{ Key: 'aws:mine', Value: 'x' }])).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${String(index)}`, Value: 'v' }));
    await expect(put(many)).rejects.toMatchObject({ name: 'TagLimitExceeded' });
    await expect(tagsOf()).resolves.toEqual(['security-group team=b']);
  });
});

describe('prefix lists', () => {
  test('entries come in pages of at most 100, and changes make versions', async () => {
    const Entries = Array.from({ length: 120 }, (_, index) => ({ Cidr: `10.0.${String(index)}.7/24` }));
    const made = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: 'offices',
        AddressFamily: 'IPv4',
        MaxEntries: 120,
        Entries,
      }),
    );
    const PrefixListId = made.PrefixList?.PrefixListId;
    const entries = (more: object) => ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId, ...more }));
    const first = await entries({});
    expect([first.Entries?.length, first.Entries?.[0]]).toEqual([100, { Cidr: '10.0.0.0/24' }]);
    await expect(entries({ NextToken: first.NextToken })).resolves.toHaveProperty('Entries.length', 20);
    await expect(entries({ MaxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });

    const modify = (more: object) => ec2.send(new ModifyManagedPrefixListCommand({ PrefixListId, ...more }));
    await expect(modify({ AddEntries: [{ Cidr: '0.0.0.0/0' }], CurrentVersion: 1 })).rejects.toMatchObject({
      name: 'PrefixListMaxEntriesExceeded',
    });
    await modify({ AddEntries: [{ Cidr: '0.0.0.0/0' }], RemoveEntries: [{ Cidr: '10.0.0.0/24' }], CurrentVersion: 1 });
    await expect(modify({ AddEntries: [{ Cidr: '1.0.0.0/8' }], CurrentVersion: 1 })).rejects.toMatchObject({
      name: 'PrefixListVersionMismatch',
    });
    const { PrefixLists } = await ec2.send(
      new DescribeManagedPrefixListsCommand({ PrefixListIds: [PrefixListId ?? ''] }),
    );
    expect(PrefixLists).toMatchObject([{ Version: 2, MaxEntries: 120, OwnerId: member }]);
    await expect(entries({ TargetVersion: 1 })).resolves.toMatchObject({
      Entries: [{ Cidr: '10.0.0.0/24' }, ...Array.from({ length: 99 }, () => ({}))],
    });
  });
});

describe('network ACLs', () => {
  test('entries are created, replaced and deleted in the order of their numbers', async () => {
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpcs?.[0]?.VpcId }));
    const NetworkAclId = NetworkAcl?.NetworkAclId;
    const entry = {
      NetworkAclId,
      Egress: false,
      Protocol: 'tcp',
      RuleAction: 'allow' as const,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 22, To: 22 },
    };
    const ingress = async () => {
      const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [NetworkAclId ?? ''] }));
      return NetworkAcls?.[0]?.Entries?.filter(({ Egress }) => Egress === false).map(
        (one) =>
          `${String(one.RuleNumber)} ${one.RuleAction ?? ''} ${one.Protocol ?? ''} ${String(one.PortRange?.From ?? '')}`,
      );
    };
    await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleNumber: 200 }));
    await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleNumber: 100, PortRange: { From: 443, To: 443 } }));
    await expect(ingress()).resolves.toEqual(['100 allow 6 443', '200 allow 6 22', '32767 deny -1 ']);
    await expect(ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleNumber: 100 }))).rejects.toMatchObject({
      name: 'NetworkAclEntryAlreadyExists',
    });
    await ec2.send(new ReplaceNetworkAclEntryCommand({ ...entry, RuleNumber: 200, RuleAction: 'deny' }));
    await ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber: 100, Egress: false }));
    await expect(ingress()).resolves.toEqual(['200 deny 6 22', '32767 deny -1 ']);
    await expect(
      ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber: 100, Egress: false })),
    ).rejects.toMatchObject({ name: 'InvalidNetworkAclEntry.NotFound' });
    await expect(ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleNumber: 32767 }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    // With the one that is there and the one that denies the rest: 20.
    for (let number = 1; number <= 18; number++)
      await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleNumber: number }));
    await expect(ec2.send(new CreateNetworkAclEntryCommand({ ...entry, RuleNumber: 20 }))).rejects.toMatchObject({
      name: 'NetworkAclEntryLimitExceeded',
    });
    const { CidrBlock: _ipv4, ...rest } = entry;
    await ec2.send(new CreateNetworkAclEntryCommand({ ...rest, Ipv6CidrBlock: '::/0', RuleNumber: 20 }));
  });
});

describe('permissions', () => {
  async function asRunbook(...statements: readonly object[]): Promise<EC2Client> {
    const { attributes } = await provision(
      sandbox,
      'AWS::IAM::Role',
      {
        RoleName: 'Runbook',
        AssumeRolePolicyDocument: {
          Statement: { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' },
        },
        Policies: [{ PolicyName: 'Inline', PolicyDocument: { Statement: statements } }],
      },
      { account: member },
    );
    const { credentials } = sandbox.world.identity.assumeAsService({
      service: 'ssm.amazonaws.com',
      roleArn: attributes['Arn'] ?? '',
      sessionName: 'execution',
      sourceAccount: member,
      sourceArn: `arn:aws:ssm:${home}:${member}:automation-execution/1`,
    });
    return new EC2Client({ ...asAdministrator(sandbox, member), credentials });
  }

  test('revoking needs its action on the group', async () => {
    const GroupId = await createGroup();
    const other = await createGroup('other');
    for (const id of [GroupId, other])
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: ssh }));
    const runbook = await asRunbook({
      Effect: 'Allow',
      Action: 'ec2:RevokeSecurityGroupIngress',
      Resource: `arn:aws:ec2:*:*:security-group/${GroupId}`,
    });
    await runbook.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
    await expect(
      runbook.send(new RevokeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: ssh })),
    ).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: `You are not authorized to perform this operation. User: arn:aws:sts::${member}:assumed-role/Runbook/execution is not authorized to perform: ec2:RevokeSecurityGroupIngress on resource: arn:aws:ec2:${home}:${member}:security-group/${other} because no identity-based policy allows the ec2:RevokeSecurityGroupIngress action`,
    });
  });

  test('describing knows no resources', async () => {
    const narrow = await asRunbook({
      Effect: 'Allow',
      Action: 'ec2:Describe*',
      Resource: 'arn:aws:ec2:*:*:security-group/*',
    });
    await expect(narrow.send(new DescribeSecurityGroupsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });

  test('a protection tag on the group can deny', async () => {
    const GroupId = await createGroup();
    await ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'protected', Value: 'yes' }] }));
    const runbook = await asRunbook(
      { Effect: 'Allow', Action: 'ec2:*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: 'ec2:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/protected': 'yes' } },
      },
    );
    const add = (id: string) =>
      runbook.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: ssh }));
    await expect(add(GroupId)).rejects.toThrow('with an explicit deny in an identity-based policy');
    await expect(add(await createGroup('other'))).resolves.toHaveProperty('Return', true);
  });

  test('tagging new rules needs CreateTags for that very action', async () => {
    const GroupId = await createGroup();
    const authorizeOnly = { Effect: 'Allow', Action: 'ec2:AuthorizeSecurityGroupIngress', Resource: '*' };
    const runbook = await asRunbook(authorizeOnly, {
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: 'arn:aws:ec2:*:*:security-group-rule/*',
      Condition: { StringEquals: { 'ec2:CreateAction': 'AuthorizeSecurityGroupIngress' } },
    });
    const tags = [{ ResourceType: 'security-group-rule' as const, Tags: [{ Key: 'a', Value: 'b' }] }];
    const added = await runbook.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh, TagSpecifications: tags }),
    );
    const ruleId = added.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? '';
    await expect(
      runbook.send(new CreateTagsCommand({ Resources: [ruleId], Tags: [{ Key: 'c', Value: 'd' }] })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });

    const mayNotTag = await asRunbook(authorizeOnly);
    const https = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    const untagged = { GroupId, IpPermissions: https };
    await expect(
      mayNotTag.send(new AuthorizeSecurityGroupIngressCommand({ ...untagged, TagSpecifications: tags })),
    ).rejects.toThrow(`ec2:CreateTags on resource: arn:aws:ec2:${home}:${member}:security-group-rule/*`);
    await mayNotTag.send(new AuthorizeSecurityGroupIngressCommand(untagged));
  });

  test('a dry run shows whether the permissions suffice, and changes nothing', async () => {
    const GroupId = await createGroup();
    const runbook = await asRunbook({ Effect: 'Allow', Action: 'ec2:AuthorizeSecurityGroupIngress', Resource: '*' });
    await expect(
      runbook.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh, DryRun: true })),
    ).rejects.toMatchObject({ name: 'DryRunOperation' });
    await expect(
      runbook.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh, DryRun: true })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    expect(SecurityGroups?.[0]?.IpPermissions).toEqual([]);
  });
});
