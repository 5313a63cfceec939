import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type IpPermission,
  ModifyManagedPrefixListCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
} from '@aws-sdk/client-ec2';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let ec2: EC2Client;
/** A group of a VPC of its own, and one of the default VPC. */
let groupId: string;
let defaultVpcGroupId: string;

beforeEach(async () => {
  sandbox = await startSmallSandbox(createEc2());
  ec2 = new EC2Client(asAdministrator(sandbox, member));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  groupId = await createGroup({ VpcId: Vpc?.VpcId });
  defaultVpcGroupId = await createGroup({});
});
afterEach(() => sandbox.stop());

async function createGroup(place: { VpcId?: string | undefined }): Promise<string> {
  const made = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web servers', ...place }),
  );
  return made.GroupId ?? '';
}

function authorize(permission: IpPermission, id = groupId) {
  return ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [permission] }));
}

function revoke(permissions: readonly IpPermission[], id = groupId) {
  return ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [...permissions] }));
}

async function ingressRules(id = groupId): Promise<SecurityGroupRule[]> {
  const filter = { Name: 'group-id', Values: [id] };
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters: [filter] }));
  return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === false);
}

/** `tcp 22-22 0.0.0.0/0` */
async function ingress(id = groupId): Promise<string[]> {
  return (await ingressRules(id)).map(
    (rule) =>
      `${rule.IpProtocol ?? ''} ${String(rule.FromPort)}-${String(rule.ToPort)} ${rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? ''}`,
  );
}

function tcp(port: number, ...cidrs: readonly string[]): IpPermission {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: cidrs.map((CidrIp) => ({ CidrIp })) };
}

describe('authorizing', () => {
  const open = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  test.each<readonly [IpPermission, string]>([
    [{ IpProtocol: '6', FromPort: 22, ToPort: 22, ...open }, 'tcp 22-22 0.0.0.0/0'],
    [{ IpProtocol: 'UDP', FromPort: 53, ToPort: 53, ...open }, 'udp 53-53 0.0.0.0/0'],
    [{ IpProtocol: '1', FromPort: -1, ToPort: -1, ...open }, 'icmp -1--1 0.0.0.0/0'],
    [{ IpProtocol: '58', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, 'icmpv6 -1--1 ::/0'],
    [{ IpProtocol: '-1', ...open }, '-1 -1--1 0.0.0.0/0'],
    [{ IpProtocol: '-1', FromPort: 22, ToPort: 22, ...open }, '-1 -1--1 0.0.0.0/0'],
    [{ IpProtocol: '50', FromPort: 1, ToPort: 2, ...open }, '50 -1--1 0.0.0.0/0'],
    [tcp(22, '100.68.0.18/18'), 'tcp 22-22 100.68.0.0/18'],
    [
      { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, Ipv6Ranges: [{ CidrIpv6: '2001:0DB8:0::0001/32' }] },
      'tcp 0-65535 2001:db8::/32',
    ],
  ])('%j becomes %s', async (permission, rule) => {
    await authorize(permission);
    await expect(ingress()).resolves.toEqual([rule]);
  });

  test.each<readonly [string, IpPermission, string, string]>([
    [
      'no ports',
      { IpProtocol: 'tcp', ...open },
      'InvalidParameterValue',
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    ],
    [
      'ports turned round',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 80, ...open },
      'InvalidParameterValue',
      'Invalid TCP/UDP port range (443:80)',
    ],
    ['a port too high', tcp(65536, '0.0.0.0/0'), 'InvalidParameterValue', 'Invalid TCP/UDP port range'],
    ['an unknown protocol', { IpProtocol: 'carrier-pigeon', ...open }, 'InvalidParameterValue', 'Unknown protocol'],
    ['a malformed CIDR', tcp(22, '10.0.0.0/33'), 'InvalidParameterValue', 'CIDR block 10.0.0.0/33 is malformed'],
    ['an address without a length', tcp(22, '10.0.0.1'), 'InvalidParameterValue', 'CIDR block 10.0.0.1 is malformed'],
    ['an IPv6 range among the IPv4 ones', tcp(22, '::/0'), 'InvalidParameterValue', 'CIDR block ::/0 is malformed'],
    ['no source', tcp(22), 'MissingParameter', 'Missing source specification'],
    [
      'a description of other characters',
      { ...tcp(22), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'für SSH' }] },
      'InvalidParameterValue',
      'Invalid rule description',
    ],
    [
      'a description too long',
      { ...tcp(22), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'x'.repeat(256) }] },
      'InvalidParameterValue',
      'Invalid rule description',
    ],
    [
      'a group that is not there',
      { ...tcp(22), UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000' }] },
      'InvalidGroup.NotFound',
      "'sg-00000000000000000' does not exist",
    ],
    [
      'a prefix list that is not there',
      { ...tcp(22), PrefixListIds: [{ PrefixListId: 'pl-00000000000000000' }] },
      'InvalidPrefixListID.NotFound',
      'does not exist',
    ],
  ])('%s is refused', async (_, permission, name, message) => {
    await expect(authorize(permission)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message) as string,
    });
    await expect(ingress()).resolves.toEqual([]);
  });

  test('a group of another VPC is refused', async () => {
    await expect(authorize({ ...tcp(22), UserIdGroupPairs: [{ GroupId: defaultVpcGroupId }] })).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
  });

  test('a rule that is there already is refused, whatever its description, and with it the whole request', async () => {
    await authorize(tcp(22, '10.0.0.0/8'));
    const again = {
      ...tcp(22),
      IpRanges: [{ CidrIp: '192.168.0.0/16' }, { CidrIp: '10.1.2.3/8', Description: 'again' }],
    };
    await expect(authorize(again)).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW" already exists',
    });
    await expect(ingress()).resolves.toEqual(['tcp 22-22 10.0.0.0/8']);
  });

  test('the same permission may stand in both directions', async () => {
    await authorize(tcp(22, '10.0.0.0/8'));
    await expect(
      ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: [tcp(22, '10.0.0.0/8')] })),
    ).resolves.toHaveProperty('Return', true);
  });

  test('flat parameters mean the same', async () => {
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: groupId,
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        CidrIp: '0.0.0.0/0',
      }),
    );
    await expect(ingress()).resolves.toEqual(['tcp 22-22 0.0.0.0/0']);
  });

  test('groups of the default VPC go by name, others do not', async () => {
    const byName = (GroupName: string) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupName, IpPermissions: [tcp(22, '0.0.0.0/0')] }));
    await byName('web');
    await expect(ingress(defaultVpcGroupId)).resolves.toHaveLength(1);
    await expect(byName('elsewhere')).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
  });

  test('one set of tags goes to all rules of a request', async () => {
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: groupId,
        IpPermissions: [tcp(22, '10.0.0.0/8', '192.168.0.0/16')],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'why', Value: 'ssh' }] }],
      }),
    );
    const tagged = { Filters: [{ Name: 'tag:why', Values: ['s?h'] }] };
    await expect(ec2.send(new DescribeSecurityGroupRulesCommand(tagged))).resolves.toHaveProperty(
      'SecurityGroupRules.length',
      2,
    );
  });
});

describe('the quota of 60 rules', () => {
  const cidrs = (count: number): string[] => Array.from({ length: count }, (_, index) => `10.0.${String(index)}.0/24`);

  test('counts each family and direction by itself', async () => {
    await authorize(tcp(22, ...cidrs(60)));
    await expect(authorize(tcp(23, '10.0.0.0/8'))).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
    await authorize({ ...tcp(23), Ipv6Ranges: [{ CidrIpv6: '::/0' }] });
    await expect(ingress()).resolves.toHaveLength(61);
  });

  test('counts a reference to a group in both families', async () => {
    await authorize(tcp(22, ...cidrs(60)));
    await expect(authorize({ ...tcp(22), UserIdGroupPairs: [{ GroupId: groupId }] })).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
  });

  test('counts a prefix list with its maximum, also when the list grows later', async () => {
    const list = { PrefixListName: 'offices', AddressFamily: 'IPv4', MaxEntries: 50 };
    const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand(list));
    await authorize({ ...tcp(22), PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }] });
    await expect(authorize(tcp(22, ...cidrs(11)))).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
    await authorize(tcp(22, ...cidrs(10)));
    const grow = new ModifyManagedPrefixListCommand({ PrefixListId: PrefixList?.PrefixListId, MaxEntries: 51 });
    await expect(ec2.send(grow)).rejects.toMatchObject({ name: 'RulesPerSecurityGroupLimitExceeded' });
  });
});

describe('revoking by permission', () => {
  test('takes exactly the permission, and shows what it took with description and id', async () => {
    await authorize({
      ...tcp(22),
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'temporary' }, { CidrIp: '10.0.0.0/8' }],
    });
    const [first] = await ingressRules();
    const answer = await revoke([tcp(22, '0.0.0.0/0')]);
    expect(answer.RevokedSecurityGroupRules).toEqual([
      {
        SecurityGroupRuleId: first?.SecurityGroupRuleId,
        GroupId: groupId,
        IsEgress: false,
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        CidrIpv4: '0.0.0.0/0',
        Description: 'temporary',
      },
    ]);
    expect(answer.UnknownIpPermissions).toBeUndefined();
    await expect(ingress()).resolves.toEqual(['tcp 22-22 10.0.0.0/8']);
  });

  test.each<readonly [string, IpPermission]>([
    ['a part of the ports', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    [
      'the ports up to a lower one',
      { IpProtocol: 'tcp', FromPort: 20, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
    [
      'the ports from a higher one',
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 25, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
    ['all protocols', { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    ['a narrower source', { IpProtocol: 'tcp', FromPort: 20, ToPort: 25, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
  ])('%s of a rule is no match', async (_, permission) => {
    await authorize({ IpProtocol: 'tcp', FromPort: 20, ToPort: 25, IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
    await expect(revoke([permission])).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
      message: 'The specified rule does not exist in this security group.',
    });
    await expect(ingress()).resolves.toEqual(['tcp 20-25 0.0.0.0/0']);
  });

  test('outside the default VPC one mismatch leaves everything as it is', async () => {
    await authorize(tcp(22, '0.0.0.0/0'));
    await expect(revoke([tcp(22, '0.0.0.0/0', '10.0.0.0/8')])).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
    await expect(ingress()).resolves.toEqual(['tcp 22-22 0.0.0.0/0']);
  });

  test('in the default VPC the others go, and the answer shows the unknown', async () => {
    await authorize(tcp(22, '0.0.0.0/0'), defaultVpcGroupId);
    const answer = await revoke([tcp(22, '0.0.0.0/0', '10.0.0.0/8')], defaultVpcGroupId);
    expect(answer).toMatchObject({
      Return: true,
      RevokedSecurityGroupRules: [{ CidrIpv4: '0.0.0.0/0' }],
      UnknownIpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    });
    await expect(ingress(defaultVpcGroupId)).resolves.toEqual([]);
  });

  test('egress and ingress do not see each other', async () => {
    await authorize({ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
    await ec2.send(
      new RevokeSecurityGroupEgressCommand({
        GroupId: groupId,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    );
    await expect(ingress()).resolves.toEqual(['-1 -1--1 0.0.0.0/0']);
  });
});

describe('revoking by id', () => {
  test('takes the rules, or none when one is not there', async () => {
    await authorize(tcp(22, '0.0.0.0/0', '10.0.0.0/8'));
    const ids = (await ingressRules()).map(({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId);
    const byIds = (SecurityGroupRuleIds: string[]) =>
      ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, SecurityGroupRuleIds }));
    await expect(byIds([...ids, 'sgr-00000000000000000'])).rejects.toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
    await expect(byIds(['sgr-x'])).rejects.toMatchObject({ name: 'InvalidSecurityGroupRuleId.Malformed' });
    await expect(ingress()).resolves.toHaveLength(2);
    await expect(byIds(ids.slice(0, 1))).resolves.toHaveProperty('RevokedSecurityGroupRules.length', 1);
    await expect(ingress()).resolves.toEqual(['tcp 22-22 10.0.0.0/8']);
  });

  test('does not go together with permissions', async () => {
    const both = {
      GroupId: groupId,
      SecurityGroupRuleIds: ['sgr-00000000000000000'],
      IpPermissions: [tcp(22, '0.0.0.0/0')],
    };
    await expect(ec2.send(new RevokeSecurityGroupIngressCommand(both))).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });
});

describe('the views', () => {
  test('rules of one protocol and port range are one permission with all its peers', async () => {
    await authorize({ ...tcp(22), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }] });
    await authorize({ ...tcp(22), Ipv6Ranges: [{ CidrIpv6: '::/0' }], UserIdGroupPairs: [{ GroupId: groupId }] });
    await authorize(tcp(443, '0.0.0.0/0'));
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
    expect(SecurityGroups?.[0]?.IpPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }],
        Ipv6Ranges: [{ CidrIpv6: '::/0' }],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId: groupId, UserId: member }],
      },
      { ...tcp(443, '0.0.0.0/0'), Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
    ]);
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).toEqual([
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ]);
  });

  test('rules come in pages', async () => {
    await authorize(tcp(22, '10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/10', '10.0.0.0/11', '10.0.0.0/12', '10.0.0.0/13'));
    const page = (more: object) =>
      ec2.send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }], ...more }));
    const first = await page({ MaxResults: 5 });
    const second = await page({ MaxResults: 5, NextToken: first.NextToken });
    expect([first.SecurityGroupRules?.length, second.SecurityGroupRules?.length, second.NextToken]).toEqual([
      5,
      2,
      undefined,
    ]);
    await expect(page({ MaxResults: 4 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(page({ MaxResults: 1001 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(page({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidPaginationToken' });
    await expect(page({ Filters: [{ Name: 'cidr', Values: ['*'] }] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: "The filter 'cidr' is invalid",
    });
  });
});

describe('changing rules in place', () => {
  test('the id and the tags stay', async () => {
    await authorize(tcp(22, '0.0.0.0/0'));
    const [rule] = await ingressRules();
    const change = (SecurityGroupRule: object) =>
      ec2.send(
        new ModifySecurityGroupRulesCommand({
          GroupId: groupId,
          SecurityGroupRules: [{ SecurityGroupRuleId: rule?.SecurityGroupRuleId, SecurityGroupRule }],
        }),
      );
    await change({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8', Description: 'narrowed' });
    await expect(ingressRules()).resolves.toMatchObject([
      { SecurityGroupRuleId: rule?.SecurityGroupRuleId, CidrIpv4: '10.0.0.0/8', Description: 'narrowed' },
    ]);
  });

  test.each([
    ['every protocol and a port', { IpProtocol: '-1', FromPort: 0, ToPort: 0, CidrIpv4: '10.0.0.0/8' }, 'Value'],
    ['another kind of source', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv6: '::/0' }, 'Value'],
    [
      'two sources',
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8', CidrIpv6: '::/0' },
      'Combination',
    ],
    ['no source', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }, ''],
  ])('%s is refused, and nothing is changed', async (_, SecurityGroupRule, kind) => {
    await authorize(tcp(22, '0.0.0.0/0'));
    const before = await ingressRules();
    const SecurityGroupRules = [{ SecurityGroupRuleId: before[0]?.SecurityGroupRuleId, SecurityGroupRule }];
    await expect(
      ec2.send(new ModifySecurityGroupRulesCommand({ GroupId: groupId, SecurityGroupRules })),
    ).rejects.toMatchObject({ name: kind === '' ? 'MissingParameter' : `InvalidParameter${kind}` });
    await expect(ingressRules()).resolves.toEqual(before);
  });

  test('every protocol without a port replaces one port, as what is authorized so does', async () => {
    await authorize(tcp(22, '0.0.0.0/0'));
    const [rule] = await ingressRules();
    const SecurityGroupRule = { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' };
    const SecurityGroupRules = [{ SecurityGroupRuleId: rule?.SecurityGroupRuleId, SecurityGroupRule }];
    await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId: groupId, SecurityGroupRules }));
    await expect(ingressRules()).resolves.toMatchObject([{ IpProtocol: '-1' }]);
  });

  test('descriptions change by permission and by id', async () => {
    await authorize(tcp(22, '10.0.0.0/8'));
    const [rule] = await ingressRules();
    const describe = (more: object) =>
      ec2.send(new UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId: groupId, ...more }));
    await describe({ IpPermissions: [{ ...tcp(22), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'one' }] }] });
    await expect(ingressRules()).resolves.toMatchObject([{ Description: 'one' }]);
    await describe({
      SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: rule?.SecurityGroupRuleId, Description: 'two' }],
    });
    await expect(ingressRules()).resolves.toMatchObject([{ Description: 'two' }]);
    await expect(describe({ IpPermissions: [tcp(23, '10.0.0.0/8')] })).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
    const every = { IpProtocol: '-1', FromPort: 0, ToPort: 0, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
    await expect(describe({ IpPermissions: [every] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'When protocol is ALL, you cannot specify from-port.',
    });
  });
});
