import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
} from '@aws-sdk/client-ec2';
import type { SsmOptions } from '../../sandbox/ssm/ssm-service';
import type { SecurityGroupRule } from '../../src/core/network/security-group-rule';
import type { PlanStep } from '../../src/core/planning/plan';
import type { Target } from '../../src/core/target';
import { home, member } from '../sandbox/small-sandbox';
import { deployMember, REMEDIATION, synthesizeMember, type DeployedMember } from './deployed-member';

// What AWS documents nowhere: each answer that Systems Manager may give is played.

const synthesized = synthesizeMember();
afterAll(() => {
  synthesized.remove();
});

let deployed: DeployedMember;
let target: Target;

afterEach(async () => {
  await deployed.stop();
});

async function deploy(undocumented: SsmOptions): Promise<void> {
  deployed = await deployMember(synthesized.directory, undocumented);
  const { Vpc } = await deployed.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { GroupId = '' } = await deployed.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId: Vpc?.VpcId }),
  );
  target = { kind: 'security-group', partition: 'aws', account: member, region: home, id: GroupId };
}

async function open(...sources: readonly string[]): Promise<readonly SecurityGroupRule[]> {
  const isIpv6 = (source: string): boolean => source.includes(':');
  const IpPermissions = [
    {
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      IpRanges: sources.filter((source) => !isIpv6(source)).map((CidrIp) => ({ CidrIp })),
      Ipv6Ranges: sources.filter(isIpv6).map((CidrIpv6) => ({ CidrIpv6 })),
    },
  ];
  await deployed.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions }));
  return sources.map((source) => ({
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    ...(isIpv6(source) ? { CidrIpv6: source } : { CidrIpv4: source }),
  }));
}

async function ingress(): Promise<number> {
  const Filters = [{ Name: 'group-id', Values: [target.id] }];
  const { SecurityGroupRules = [] } = await deployed.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === false).length;
}

const revoke = (rules: readonly SecurityGroupRule[]): PlanStep => ({ call: 'RevokeSecurityGroupIngress', rules });

describe.each(['map-each', 'whole-list', 'refused'] as const)('where lists of maps are %s', (mapLists) => {
  test.each([[['0.0.0.0/0']], [['::/0']], [['0.0.0.0/0', '::/0']]])('closing %p needs none', async (sources) => {
    await deploy({ mapLists });
    expect(await deployed.run(target, revoke(await open(...sources)))).toEqual({ kind: 'succeeded' });
    expect(await ingress()).toBe(0);
  });
});

test.each(['map-each', 'whole-list'] as const)('several sources are closed in the reading %s', async (mapLists) => {
  await deploy({ mapLists });
  expect(await deployed.run(target, revoke(await open('0.0.0.0/1', '128.0.0.0/1')))).toEqual({ kind: 'succeeded' });
  expect(await ingress()).toBe(0);
});

test('several sources whose list no reading says are in doubt, and the member stack is named', async () => {
  await deploy({ mapLists: 'refused' });
  const step = revoke(await open('0.0.0.0/1', '128.0.0.0/1'));
  const started = await deployed.runbooks.start({
    target,
    remediationId: REMEDIATION,
    action: 'close',
    runId: `${REMEDIATION}/0.0`,
    step,
  });
  expect(started).toMatchObject({
    ok: true,
    value: { doubt: expect.stringContaining(`The member stack in ${member}/${home} is older than the hub`) as string },
  });
});

test('numbers that become texts are refused before EC2 is asked, and the reason says so', async () => {
  await deploy({ integers: 'text' });
  const status = await deployed.run(target, revoke(await open('0.0.0.0/0')));
  expect(status).toMatchObject({ kind: 'failed', reason: expect.stringContaining('Invalid type') as string });
  expect(await ingress()).toBe(1);
});

test.each([
  ['mismatch', {}],
  ['same-execution', { executionId: expect.any(String) as string }],
  ['duplicate', { doubt: expect.stringContaining('Duplicate') as string }],
  ['invalid-parameters', { doubt: expect.stringContaining('already been used') as string }],
  ['validation', { doubt: expect.stringContaining('already been used') as string }],
] as const)('a start that is repeated and answered %s never counts as not started', async (repeatedToken, value) => {
  await deploy({ repeatedToken });
  const step = revoke(await open('0.0.0.0/0'));
  const run = { target, remediationId: REMEDIATION, action: 'close', runId: `${REMEDIATION}/0.0`, step } as const;
  expect(await deployed.runbooks.start(run)).toMatchObject({ ok: true });
  expect(await deployed.runbooks.start(run)).toEqual({ ok: true, value });
  await deployed.sandbox.world.clock.advance(60_000);
  expect(await ingress()).toBe(0);
});
