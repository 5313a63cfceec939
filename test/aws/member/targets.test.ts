import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkInterfaceCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { createTargets } from '../../../src/aws/ec2/targets';
import { targetArn, type Target } from '../../../src/core/target';
import type { Sandbox } from '../../../sandbox/sandbox';
import { member } from '../../sandbox/small-sandbox';
import { ALL_READS, REMEDIATION, memberAccount } from './member-account';

const { current, allowMemberRole, accounts, open } = memberAccount();
let sandbox: Sandbox;
let ec2: EC2Client;
let target: Target;
beforeEach(() => {
  ({ sandbox, ec2, target } = current());
});

describe('observing a security group', () => {
  test('reads its rules of both directions with the member role, in its own account and Region', async () => {
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

  test('reads the entries of the prefix lists that its ingress names', async () => {
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

  test('says that a group which does not exist is gone', async () => {
    await allowMemberRole(ALL_READS);
    const observed = await createTargets(accounts()).observe({ ...target, id: 'sg-0ffffffffffffffff' }, REMEDIATION);
    expect(observed).toEqual({ ok: true, value: { kind: 'gone' } });
  });

  test('says which role cannot be assumed, and what that may mean', async () => {
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      ok: false,
      error: {
        code: 'access-denied',
        retryable: false,
        cause: expect.stringContaining(
          `Role Portcullis-Member cannot be assumed in account ${member} (is the member stack deployed there? is it still in the organization?)`,
        ) as string,
      },
    });
  });

  test('never takes rules that it may not read for no rules', async () => {
    await allowMemberRole(['ec2:DescribeSecurityGroups']);
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      ok: false,
      error: { code: 'access-denied', cause: expect.stringContaining(`The rules of ${targetArn(target)}`) as string },
    });
  });

  test('leaves out a prefix list that it may not read', async () => {
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

    test('reads the network interfaces that it is attached to', async () => {
      await allowMemberRole(READS);
      const ids = await attach(2);
      expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
        value: { resource: { name: 'default', attachedInterfaceIds: ids } },
      });
    });

    test('never takes interfaces that it may not read for none', async () => {
      await allowMemberRole(ALL_READS);
      expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
        ok: false,
        error: {
          code: 'access-denied',
          cause: expect.stringContaining(`The network interfaces of ${targetArn(target)}`) as string,
        },
      });
    });

    test('shows what it is attached to, by the descriptions of the interfaces', async () => {
      await allowMemberRole(READS);
      const [id] = await attach(1);
      expect(await createTargets(accounts()).fetchAttachments(target, REMEDIATION)).toEqual({
        ok: true,
        value: [{ kind: 'network-interface', id, description: 'web 0' }],
      });
    });

    test('reads interfaces page by page', async () => {
      await allowMemberRole(READS);
      const ids = await attach(1005);
      const attached = await createTargets(accounts()).fetchAttachments(target, REMEDIATION);
      expect(attached.ok && attached.value.map(({ id }) => id)).toEqual(ids);
    });
  });

  test('is retryable when EC2 throttles for longer than the SDK tries', async () => {
    await allowMemberRole(ALL_READS);
    sandbox.world.faults.add({ kind: 'throttle', service: 'ec2', operation: 'DescribeSecurityGroupRules' });
    expect(await createTargets(accounts()).observe(target, REMEDIATION)).toMatchObject({
      ok: false,
      error: { code: 'throttled', retryable: true },
    });
  });
});
