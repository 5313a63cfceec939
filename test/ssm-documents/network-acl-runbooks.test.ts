import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
} from '@aws-sdk/client-ec2';
import { SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import type { NetworkAclStep } from '../../src/core/planning/plan';
import type { Target } from '../../src/core/target';
import { asAdministrator, home, member } from '../sandbox/small-sandbox';
import { deployMember, REMEDIATION, synthesizeMember, type DeployedMember } from './deployed-member';

const synthesized = synthesizeMember();
afterAll(() => {
  synthesized.remove();
});

let deployed: DeployedMember;
let target: Target;

beforeEach(async () => {
  deployed = await deployMember(synthesized.directory);
  const { Vpc } = await deployed.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { NetworkAcl } = await deployed.ec2.send(new CreateNetworkAclCommand({ VpcId: Vpc?.VpcId }));
  target = {
    kind: 'network-acl',
    partition: 'aws',
    account: member,
    region: home,
    id: NetworkAcl?.NetworkAclId ?? '',
  };
});

afterEach(async () => {
  await deployed.stop();
});

/** Entries that people made, as the adapter reads them. */
async function entries(): Promise<readonly NetworkAclEntry[]> {
  const observed = await deployed.targets.observe(target, REMEDIATION);
  if (!observed.ok || observed.value.kind === 'gone') throw new Error('the network ACL cannot be read');
  const { resource } = observed.value;
  if (resource.kind !== 'network-acl') throw new Error(`${resource.kind} is no network ACL`);
  return resource.entries.filter(({ RuleNumber }) => RuleNumber <= 32_766);
}

const run = (call: NetworkAclStep['call'], entry: NetworkAclEntry) => deployed.run(target, { call, rules: [entry] });

const SUCCEEDED = { kind: 'succeeded' };

const common = { RuleNumber: 100, Egress: false, RuleAction: 'allow' } as const;
const SSH: NetworkAclEntry = {
  ...common,
  Protocol: '6',
  CidrBlock: '0.0.0.0/0',
  PortRange: { From: 22, To: 22 },
};

/** One for each step of the document, and for each protocol that has ports or a type. */
const SHAPES: readonly { readonly name: string; readonly entry: NetworkAclEntry }[] = [
  { name: 'tcp ports from IPv4', entry: SSH },
  { name: 'udp ports from IPv4', entry: { ...SSH, Protocol: '17', PortRange: { From: 0, To: 65_535 } } },
  {
    name: 'icmp from IPv4',
    entry: { ...common, Protocol: '1', CidrBlock: '10.0.0.0/8', IcmpTypeCode: { Type: 8, Code: -1 } },
  },
  {
    name: 'icmpv6 from IPv4',
    entry: { ...common, Protocol: '58', CidrBlock: '10.0.0.0/8', IcmpTypeCode: { Type: -1, Code: -1 } },
  },
  { name: 'all protocols from IPv4', entry: { ...common, Protocol: '-1', CidrBlock: '0.0.0.0/0' } },
  {
    name: 'ESP to IPv4, denied',
    entry: { ...common, Egress: true, RuleAction: 'deny', Protocol: '50', CidrBlock: '0.0.0.0/0' },
  },
  {
    name: 'tcp ports from IPv6',
    entry: { ...common, Protocol: '6', Ipv6CidrBlock: '::/0', PortRange: { From: 3390, To: 65_535 } },
  },
  {
    name: 'udp ports from IPv6',
    entry: { ...common, Protocol: '17', Ipv6CidrBlock: '2001:db8::/32', PortRange: { From: 53, To: 53 } },
  },
  {
    name: 'icmp from IPv6',
    entry: { ...common, Protocol: '1', Ipv6CidrBlock: '::/0', IcmpTypeCode: { Type: 0, Code: 0 } },
  },
  {
    name: 'icmpv6 from IPv6',
    entry: { ...common, Protocol: '58', Ipv6CidrBlock: '::/0', IcmpTypeCode: { Type: 128, Code: 0 } },
  },
  { name: 'all protocols from IPv6', entry: { ...common, Protocol: '-1', Ipv6CidrBlock: '::/0' } },
  { name: 'GRE to IPv6', entry: { ...common, Egress: true, Protocol: '47', Ipv6CidrBlock: '::/0' } },
];

describe('a document of network ACL entries', () => {
  test.each(SHAPES)('creates $name, exactly', async ({ entry }) => {
    expect(await run('CreateNetworkAclEntry', entry)).toEqual(SUCCEEDED);
    expect(await entries()).toEqual([entry]);
  });

  test.each(SHAPES)('puts $name in the place of another entry', async ({ entry }) => {
    await run('CreateNetworkAclEntry', { ...common, Egress: entry.Egress, Protocol: '-1', CidrBlock: '192.0.2.0/24' });
    expect(await run('ReplaceNetworkAclEntry', entry)).toEqual(SUCCEEDED);
    expect(await entries()).toEqual([entry]);
  });

  test('deletes the entry of one number and direction', async () => {
    const other = { ...SSH, RuleNumber: 101 };
    const out = { ...SSH, Egress: true };
    for (const entry of [SSH, other, out]) await run('CreateNetworkAclEntry', entry);
    expect(await run('DeleteNetworkAclEntry', SSH)).toEqual(SUCCEEDED);
    expect(await entries()).toEqual(expect.arrayContaining([other, out]));
    expect(await entries()).toHaveLength(2);
  });

  test('creates nothing under a number that is taken', async () => {
    await run('CreateNetworkAclEntry', SSH);
    const entry = { ...SSH, PortRange: { From: 443, To: 443 } };
    expect(await run('CreateNetworkAclEntry', entry)).toMatchObject({
      kind: 'failed',
      code: 'NetworkAclEntryAlreadyExists',
    });
    expect(await entries()).toEqual([SSH]);
  });

  test('creates nothing in a network ACL that is full', async () => {
    for (let RuleNumber = 1; RuleNumber <= 19; RuleNumber++) {
      await deployed.ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId: target.id, ...SSH, RuleNumber }));
    }
    expect(await run('CreateNetworkAclEntry', SSH)).toMatchObject({
      kind: 'failed',
      code: 'NetworkAclEntryLimitExceeded',
    });
    expect(await entries()).toHaveLength(19);
  });

  test.each(['ReplaceNetworkAclEntry', 'DeleteNetworkAclEntry'] as const)(
    'says of %s that the entry is gone',
    async (call) => {
      expect(await run(call, SSH)).toMatchObject({ kind: 'failed', code: 'InvalidNetworkAclEntry.NotFound' });
    },
  );

  test.each(['CreateNetworkAclEntry', 'ReplaceNetworkAclEntry', 'DeleteNetworkAclEntry'] as const)(
    'says that %s is denied',
    async (call) => {
      deployed.sandbox.world.faults.add({ kind: 'deny', service: 'ec2', operation: call });
      expect(await run(call, SSH)).toMatchObject({ kind: 'failed', code: 'UnauthorizedOperation' });
    },
  );

  test('says that the network ACL is gone', async () => {
    target = { ...target, id: 'acl-0ffffffffffffffff' };
    expect(await run('CreateNetworkAclEntry', SSH)).toMatchObject({
      kind: 'failed',
      code: 'InvalidNetworkAclID.NotFound',
    });
  });

  describe('started by hand', () => {
    const start = async (document: string, parameters: Readonly<Record<string, string>>): Promise<void> => {
      const ssm = new SSMClient(asAdministrator(deployed.sandbox, member));
      const given = {
        AutomationAssumeRole: `arn:aws:iam::${member}:role/Portcullis-Runbook`,
        NetworkAclId: target.id,
        RuleNumber: '100',
        Egress: 'false',
        ...parameters,
      };
      try {
        await ssm.send(
          new StartAutomationExecutionCommand({
            DocumentName: `Portcullis-${document}`,
            Parameters: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]])),
          }),
        );
      } finally {
        ssm.destroy();
      }
    };
    const whole = { RuleAction: 'allow', ProtocolNumber: '-1', CidrIp: '0.0.0.0/0', FromPort: '0', ToPort: '65535' };

    test.each([
      {
        name: 'the id of another resource',
        document: 'DeleteNetworkAclEntry',
        parameters: { NetworkAclId: 'sg-01234567' },
      },
      { name: 'a number that is none', document: 'DeleteNetworkAclEntry', parameters: { RuleNumber: 'all' } },
      {
        name: 'another action',
        document: 'CreateNetworkAclEntry',
        parameters: { ...whole, RuleAction: 'permit' },
      },
      {
        name: 'the name of a protocol',
        document: 'CreateNetworkAclEntry',
        parameters: { ...whole, ProtocolNumber: 'tcp' },
      },
      {
        name: 'no prefix length',
        document: 'ReplaceNetworkAclEntry',
        parameters: { ...whole, CidrIp: '0.0.0.0' },
      },
      {
        name: 'no source',
        document: 'ReplaceNetworkAclEntry',
        parameters: { RuleAction: 'allow', ProtocolNumber: '-1', FromPort: '0', ToPort: '65535' },
      },
    ])('is refused for $name', async ({ document, parameters }) => {
      await expect(start(document, parameters)).rejects.toThrow(
        expect.objectContaining({ name: 'InvalidAutomationExecutionParametersException' }) as Error,
      );
    });
  });
});

describe('a network ACL', () => {
  test('is read with its tags, its VPC and whether it is the default one', async () => {
    const { NetworkAcls = [] } = await deployed.ec2.send(new DescribeNetworkAclsCommand({}));
    for (const acl of NetworkAcls) {
      const observed = await deployed.targets.observe({ ...target, id: acl.NetworkAclId ?? '' }, REMEDIATION);
      expect(observed).toMatchObject({
        value: { kind: 'found', resource: { isDefault: acl.IsDefault, vpcId: acl.VpcId, tags: [] } },
      });
    }
    expect(NetworkAcls.map(({ IsDefault }) => IsDefault)).toContain(true);
  });

  test('that does not exist is gone, and guards nothing', async () => {
    const gone = { ...target, id: 'acl-0ffffffffffffffff' };
    expect(await deployed.targets.observe(gone, REMEDIATION)).toEqual({ ok: true, value: { kind: 'gone' } });
    expect(await deployed.targets.fetchAttachments(gone, REMEDIATION)).toEqual({ ok: true, value: [] });
  });

  test('that may not be read is a failure', async () => {
    deployed.sandbox.world.faults.add({ kind: 'deny', service: 'ec2', operation: 'DescribeNetworkAcls' });
    expect(await deployed.targets.observe(target, REMEDIATION)).toMatchObject({
      ok: false,
      error: { code: 'access-denied' },
    });
  });

  test('guards the subnets that it is associated with', async () => {
    const { NetworkAcls = [] } = await deployed.ec2.send(new DescribeNetworkAclsCommand({}));
    const associated = NetworkAcls.find(({ Associations = [] }) => Associations.length > 0);
    const acl = { ...target, id: associated?.NetworkAclId ?? '' };
    const id = associated?.Associations?.[0]?.SubnetId;
    expect(id).toMatch(/^subnet-/);
    expect(await deployed.targets.fetchAttachments(acl, REMEDIATION)).toEqual({
      ok: true,
      value: [{ kind: 'subnet', id, description: '' }],
    });
  });
});
