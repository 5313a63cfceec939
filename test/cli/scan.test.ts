import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { ANYWHERE, deploy, HUB, MEMBER, OTHER_MEMBER, tcp, type Deployed } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';

const FRANKFURT = { account: MEMBER, region: 'eu-central-1' };
const VIRGINIA = { account: OTHER_MEMBER, region: 'us-east-1' };
/** In the organization, without the member stack. */
const STRANGER = '444444444444';

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

interface Line {
  readonly target?: { readonly id: string };
  readonly controls?: readonly string[];
  readonly violations?: readonly object[];
  readonly scanned?: object;
  readonly violating?: number;
  readonly unreadable?: readonly object[];
}

async function scan(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, ['scan', '--json', ...args]);
  const lines = stdout.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Line)));
  return { exitCode, stderr, targets: lines.slice(0, -1), summary: lines.at(-1) };
}

describe('a scan of an organization', () => {
  let ids: Readonly<Record<'ssh' | 'list' | 'acl' | 'web', string>>;
  beforeAll(async () => {
    const ssh = await portcullis.openGroup(FRANKFURT, [tcp(22, 22, ANYWHERE)]);
    const web = await portcullis.openGroup(FRANKFURT, [tcp(443, 443, ANYWHERE)]);
    const ec2 = portcullis.clients.ec2(VIRGINIA);
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: 'halves',
        AddressFamily: 'IPv4',
        MaxEntries: 2,
        Entries: [{ Cidr: '0.0.0.0/1' }, { Cidr: '128.0.0.0/1' }],
      }),
    );
    const list = await portcullis.openGroup(VIRGINIA, []);
    const PrefixListIds = [{ PrefixListId: PrefixList?.PrefixListId }];
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: list.id,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, PrefixListIds }],
      }),
    );
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
    const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpcs[0]?.VpcId }));
    await ec2.send(
      new CreateNetworkAclEntryCommand({
        NetworkAclId: NetworkAcl?.NetworkAclId,
        RuleNumber: 100,
        Protocol: '6',
        RuleAction: 'allow',
        Egress: false,
        CidrBlock: ANYWHERE,
        PortRange: { From: 22, To: 22 },
      }),
    );
    ids = { ssh: ssh.id, web: web.id, list: list.id, acl: NetworkAcl?.NetworkAclId ?? '' };
  });

  const COMMON = ['--controls', 'EC2.13,EC2.14,EC2.18,EC2.21'];

  test('finds what violates in every account and Region, and names the account that it cannot read', async () => {
    const { exitCode, stderr, targets, summary } = await scan(...COMMON);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^error: 2 could not be read: 444444444444\/eu-central-1: Role Portcullis-Detection cannot/);
    expect(targets).toEqual([
      {
        target: { kind: 'security-group', partition: 'aws', ...FRANKFURT, id: ids.ssh },
        controls: ['EC2.13', 'EC2.18'],
        violations: [
          {
            ruleId: expect.stringMatching(/^sgr-/) as string,
            controls: ['EC2.13', 'EC2.18'],
            how: 'open',
            reason: 'tcp 22 from 0.0.0.0/0 lets the internet reach tcp 22, which EC2.13 and EC2.18 forbid.',
            reasons: expect.any(Array) as unknown[],
          },
        ],
      },
      expect.objectContaining({
        target: expect.objectContaining({ id: ids.list }) as object,
        controls: ['EC2.14', 'EC2.18'],
      }),
      expect.objectContaining({ target: expect.objectContaining({ id: ids.acl }) as object, controls: ['EC2.21'] }),
    ]);
    // The hub, two members and one that has no role for us, in two Regions: default groups and network ACLs included.
    expect(summary).toEqual({
      scanned: { accounts: 3, regions: 2, securityGroups: 9, networkAcls: 7 },
      violating: 3,
      unreadable: ['eu-central-1', 'us-east-1'].map((region) => ({
        account: STRANGER,
        region,
        reason: expect.stringContaining('is the member stack deployed there?') as string,
      })),
    });
  });

  test('of some accounts and Regions, in which all can be read, ends with 0', async () => {
    const { exitCode, stderr, targets, summary } = await scan(
      '--accounts',
      `${MEMBER},${HUB}`,
      '--regions',
      'eu-central-1',
      ...COMMON,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(targets.map(({ target }) => target?.id)).toEqual([ids.ssh]);
    expect(summary).toMatchObject({ scanned: { accounts: 2, regions: 1 }, violating: 1, unreadable: [] });
  });

  test('shows it to people in lines, and by its id once more', async () => {
    const args = ['scan', '--accounts', MEMBER, '--controls', 'EC2.13'];
    const { exitCode, stdout } = await runAsOperator(portcullis, args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^${ids.ssh} \\(${MEMBER}, eu-central-1\\): EC2.13\n` +
          '  tcp 22 from 0.0.0.0/0 lets the internet reach tcp 22, which EC2.13 forbids.\n' +
          '1 of 4 security groups and 2 network ACLs violate a control, in 1 account and 2 Regions.\n' +
          'Sweep swp-[0-9a-f]{16}\n$',
      ),
    );
    const sweepId = /swp-\w+/.exec(stdout)?.[0] ?? '';
    const again = await runAsOperator(portcullis, ['scan', '--follow', sweepId]);
    expect(again.stdout).toBe(stdout);
  });

  test('changes nothing and imports nothing', async () => {
    const before = await portcullis.ingressOf({ ...FRANKFURT, id: ids.ssh, arn: '' });
    await scan('--accounts', MEMBER);
    expect(await portcullis.ingressOf({ ...FRANKFURT, id: ids.ssh, arn: '' })).toEqual(before);
  });
});

test.each([
  [['--accounts', '12345'], /--accounts: "12345" is no account id; write ids of 12 digits with commas/],
  [['--regions', 'us-west-2'], /regions: us-west-2 is none of members\.regions; write some of eu-central-1, us-east-1/],
  [['--controls', 'EC2.99'], /controls\[0\].*EC2\.99.*is none of EC2\.2, EC2\.13/],
  [['--accounts', ','], /--accounts: names nothing; leave it out for all/],
  [['--follow', 'rem-1'], /--follow: "rem-1" is no id of a scan; it looks like swp-0123456789abcdef/],
])('scan %j ends with 2 and says what to write', async (args, message) => {
  const answer = await runAsOperator(portcullis, ['scan', ...args]);
  expect(answer.exitCode).toBe(2);
  expectOneLine(answer, message);
});
