import {
  CreateTagsCommand,
  CreateVpcBlockPublicAccessExclusionCommand,
  DescribeNetworkInterfacesCommand,
  ModifyVpcBlockPublicAccessOptionsCommand,
} from '@aws-sdk/client-ec2';
import { join } from 'node:path';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: join(__dirname, 'every-fact.yaml') });
  const ec2 = portcullis.clients.ec2(frankfurt);
  await ec2.send(new ModifyVpcBlockPublicAccessOptionsCommand({ InternetGatewayBlockMode: 'block-ingress' }));
});
afterAll(() => portcullis.stop());

/** A public instance in a subnet that Block Public Access leaves alone: every read says something about it. */
async function openInstance(): Promise<Group> {
  const ec2 = portcullis.clients.ec2(frankfurt);
  const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
  const instance = await portcullis.runInstance(group, 'web', true);
  const Tags = [{ Key: 'environment', Value: 'production' }];
  await ec2.send(new CreateTagsCommand({ Resources: [instance], Tags }));
  return group;
}

beforeAll(async () => {
  const ec2 = portcullis.clients.ec2(frankfurt);
  const group = await openInstance();
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] }),
  );
  await ec2.send(
    new CreateVpcBlockPublicAccessExclusionCommand({
      SubnetId: NetworkInterfaces[0]?.SubnetId,
      InternetGatewayExclusionMode: 'allow-bidirectional',
    }),
  );
});

async function decidedOn(group: Group) {
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const { outcome, reason = '', context } = await portcullis.recordOf(id);
  const unknown = Object.entries(context ?? {}).flatMap(([name, { known }]) => (known ? [] : name));
  return { outcome, reason, unknown, isOpen: (await portcullis.ingressOf(group)).length > 0 };
}

test('what the finding alone has ignored calls nothing in the member account, and the log says which entry', async () => {
  const group = await portcullis.openGroup({ account: MEMBER, region: 'us-east-1' }, [tcp(22, 22, ANYWHERE)]);
  await portcullis.misbehave({ kind: 'deny', service: 'sts', operation: 'AssumeRole' });
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  await portcullis.behave();
  const { Workflow, Note } = await portcullis.findingOf(id);
  expect({ status: Workflow?.Status, note: Note }).toEqual({ status: 'NEW', note: undefined });
  expect(await portcullis.recordsOn(group.id)).toEqual([]);
  const logs = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Orchestrator' });
  expect(JSON.stringify(logs)).toContain("America is nobody's business");
});

describe('a policy that closes whatever all is known of', () => {
  test('closes where everything may be read', async () => {
    expect(await decidedOn(await openInstance())).toMatchObject({ outcome: 'closed', unknown: ['used'] });
  });

  test.each([
    ['cloudtrail', 'LookupEvents', ['managedBy', 'openedBy']],
    ['ec2', 'DescribeInstances', ['otherWayIn', 'owner']],
    ['ec2', 'DescribeNetworkAcls', ['reachable']],
    ['ec2', 'DescribeNetworkInterfaces', ['attached', 'otherWayIn', 'reachable']],
    ['ec2', 'DescribeRouteTables', ['reachable']],
    ['ec2', 'DescribeVpcBlockPublicAccessExclusions', ['reachable']],
    ['ec2', 'DescribeVpcBlockPublicAccessOptions', ['reachable']],
    ['organizations', 'DescribeAccount', ['account']],
    ['ssm', 'DescribeInstanceInformation', ['otherWayIn']],
  ] as const)('asks without %s:%s, names it, and knows all the rest', async (service, operation, facts) => {
    const group = await openInstance();
    await portcullis.misbehave({ kind: 'deny', service, operation });
    const decided = await decidedOn(group);
    await portcullis.behave();
    expect(decided).toMatchObject({ outcome: 'asked', isOpen: true });
    expect(decided.unknown.sort()).toEqual([...facts, 'used'].sort());
    expect(decided.reason).toContain(`${service}:${operation}`);
  });

  test('asks without ec2:DescribeSecurityGroupVpcAssociations, since other VPCs may hide what is attached', async () => {
    const group = await openInstance();
    const operation = 'DescribeSecurityGroupVpcAssociations';
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation });
    const decided = await decidedOn(group);
    await portcullis.behave();
    expect(decided).toMatchObject({ outcome: 'asked', isOpen: true });
    expect(decided.reason).toContain(operation);
  });
});
