import {
  AssociateSecurityGroupVpcCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  DeleteNetworkAclCommand,
  DescribeVpcsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { GetFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Located } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const OWN = `arn:aws:securityhub:us-east-1:${MEMBER}:product/${MEMBER}/default`;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/detection/detection.yaml',
  });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

/** Findings on a resource as the hub sees them, those of a control alone. */
async function findingsOn(resource: Located, control: string): Promise<readonly AwsSecurityFinding[]> {
  const { Findings = [] } = await portcullis.clients.securityHub(portcullis.hub).send(
    new GetFindingsCommand({
      Filters: {
        ResourceId: [{ Value: resource.arn, Comparison: 'EQUALS' }],
        GeneratorId: [{ Value: `security-control/${control}`, Comparison: 'EQUALS' }],
      },
    }),
  );
  return Findings;
}

async function ownFinding(resource: Located, control: string): Promise<AwsSecurityFinding> {
  const [finding] = await findingsOn(resource, control);
  if (finding === undefined) throw new Error(`no finding of ${control} on ${resource.id}`);
  return finding;
}

/** Closings of the target that changed something. */
async function closingsOf(resource: Located): Promise<number> {
  const events = await portcullis.domainEventsAbout(resource);
  return events.filter((event) => event['detail-type'] === 'Ingress Closed').length;
}

describe('somebody opens tcp 22 in a member, and nobody imports a finding', () => {
  let group: Awaited<ReturnType<Deployed['openGroup']>>;
  let finding: AwsSecurityFinding;
  beforeAll(async () => {
    group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE), tcp(443, 443, ANYWHERE)]);
    await portcullis.settle();
    finding = await ownFinding(group, 'EC2.13');
  });

  test('a finding of our own product says who opened it, from where, with what and when', () => {
    expect(finding).toMatchObject({
      ProductArn: OWN,
      AwsAccountId: MEMBER,
      Compliance: { Status: 'FAILED' },
      ProductFields: {
        'portcullis/OpenedBy': `arn:aws:iam::${MEMBER}:root`,
        'portcullis/SourceIp': '127.0.0.1',
        'portcullis/UserAgent': expect.stringContaining('aws-sdk-js'),
        'portcullis/Call': 'AuthorizeSecurityGroupIngress',
        'portcullis/EventTime': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    });
    expect(finding.Description).toContain(`Opened by arn:aws:iam::${MEMBER}:root from 127.0.0.1`);
  });

  test('EC2.13 is automatic: the group is closed, what may be public stays, and the finding is RESOLVED', async () => {
    expect(await portcullis.ingressOf(group)).toEqual([expect.objectContaining({ FromPort: 443, CidrIpv4: ANYWHERE })]);
    expect(finding.Workflow?.Status).toBe('RESOLVED');
    expect(finding.UserDefinedFields).toMatchObject({
      PortcullisOutcome: 'closed',
      PortcullisDecidedBy: 'policy: EC2.13 automatic',
    });
    expect(await closingsOf(group)).toBe(1);
  });

  test("Security Hub's own finding, hours later, gets the note that it is closed already, and nothing is closed twice", async () => {
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    expect((await portcullis.findingOf(id)).UserDefinedFields).toMatchObject({ PortcullisOutcome: 'already-closed' });
    expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
    const runs = (await portcullis.runbooksIn(virginia)).filter(({ DocumentName = '' }) =>
      DocumentName.includes('Close'),
    );
    expect(runs.filter((run) => JSON.stringify(run).includes('Success'))).toHaveLength(1);
  });

  test('opened again, the finding is NEW with whoever did it, and closed again', async () => {
    await portcullis.clients
      .ec2(virginia)
      .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(22, 22, ANYWHERE)] }));
    await portcullis.settle();
    const again = await ownFinding(group, 'EC2.13');
    expect(again.Id).toBe(finding.Id);
    expect(again.ProductFields?.['portcullis/EventId']).not.toBe(finding.ProductFields?.['portcullis/EventId']);
    expect(again.UserDefinedFields?.['PortcullisRemediationId']).not.toBe(
      finding.UserDefinedFields?.['PortcullisRemediationId'],
    );
    expect(again.Workflow?.Status).toBe('RESOLVED');
    expect((await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort)).toEqual([443]);
  });
});

test('an undo of ours starts nothing: what it restores stays open, and no finding of ours comes of it', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  await portcullis.settle();
  const { Id = '' } = await ownFinding(group, 'EC2.14');
  await portcullis.press(Id);
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toEqual([]);
  const looks = await portcullis.invocationsOf('Portcullis-Detector');
  await portcullis.choose('Undo closing', Id);
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
  expect(await portcullis.invocationsOf('Portcullis-Detector')).toBe(looks);
  expect((await ownFinding(group, 'EC2.14')).Workflow?.Status).toBe('NEW');
});

test('a control that is not automatic waits for a person; closed by hand elsewhere, its finding passes and is archived', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  await portcullis.settle();
  expect(await ownFinding(group, 'EC2.14')).toMatchObject({ Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE' });
  await portcullis.clients
    .ec2(virginia)
    .send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(3389, 3389, ANYWHERE)] }));
  await portcullis.settle();
  expect(await ownFinding(group, 'EC2.14')).toMatchObject({
    Compliance: { Status: 'PASSED' },
    RecordState: 'ARCHIVED',
    Workflow: { Status: 'RESOLVED' },
  });
});

test('a rule that ModifySecurityGroupRules widens is found, with whoever widened it', async () => {
  const place = { account: OTHER_MEMBER, region: 'eu-central-1' };
  const group = await portcullis.openGroup(place, [tcp(3389, 3389, '10.0.0.0/8')]);
  await portcullis.settle();
  expect(await findingsOn(group, 'EC2.14')).toEqual([]);
  const [rule] = await portcullis.ingressOf(group);
  await portcullis.clients.ec2(place).send(
    new ModifySecurityGroupRulesCommand({
      GroupId: group.id,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId: rule?.SecurityGroupRuleId,
          SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, CidrIpv4: ANYWHERE },
        },
      ],
    }),
  );
  await portcullis.settle();
  expect((await ownFinding(group, 'EC2.14')).ProductFields).toMatchObject({
    'portcullis/Call': 'ModifySecurityGroupRules',
    'portcullis/OpenedBy': `arn:aws:iam::${OTHER_MEMBER}:root`,
  });
});

test('an entry of a network ACL is found, and nothing is said of a change that opens nothing', async () => {
  const ec2 = portcullis.clients.ec2(virginia);
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpcs[0]?.VpcId }));
  const id = NetworkAcl?.NetworkAclId ?? '';
  const acl = { ...virginia, id, arn: `arn:aws:ec2:us-east-1:${MEMBER}:network-acl/${id}` };
  const entry = (RuleNumber: number, port: number) =>
    new CreateNetworkAclEntryCommand({
      NetworkAclId: id,
      RuleNumber,
      Protocol: '6',
      RuleAction: 'allow',
      Egress: false,
      CidrBlock: ANYWHERE,
      PortRange: { From: port, To: port },
    });
  await ec2.send(entry(90, 443));
  await portcullis.settle();
  expect(await findingsOn(acl, 'EC2.21')).toEqual([]);
  await ec2.send(entry(100, 22));
  await portcullis.settle();
  expect((await ownFinding(acl, 'EC2.21')).ProductFields).toMatchObject({
    'portcullis/Call': 'CreateNetworkAclEntry',
    'portcullis/OpenedBy': `arn:aws:iam::${MEMBER}:root`,
  });
});

test("Security Hub's finding and ours at the same time are one remediation, and both are updated", async () => {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const findings = await findingsOn(group, 'EC2.13');
  expect(findings.map(({ Id = '' }) => Id)).toContain(id);
  expect(findings).toHaveLength(2);
  expect(findings.map(({ Workflow }) => Workflow?.Status)).toEqual(['RESOLVED', 'RESOLVED']);
  expect(await portcullis.ingressOf(group)).toEqual([]);
});

test('a group that is made, associated with another VPC, and an ACL that is deleted are read', async () => {
  const ec2 = portcullis.clients.ec2(virginia);
  const [home, other] = [await portcullis.openVpc(virginia), await portcullis.openVpc(virginia)];
  const made = { GroupName: 'shared', Description: 'of two VPCs', VpcId: home };
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(made));
  await ec2.send(new AssociateSecurityGroupVpcCommand({ GroupId, VpcId: other }));
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: home }));
  const NetworkAclId = NetworkAcl?.NetworkAclId ?? '';
  await ec2.send(new DeleteNetworkAclCommand({ NetworkAclId }));
  await portcullis.settle();
  const lines = JSON.stringify(await portcullis.ask('lambda/logs', { functionName: 'Portcullis-Detector' }));
  for (const [call, id] of [
    ['CreateSecurityGroup', GroupId],
    ['AssociateSecurityGroupVpc', GroupId],
    ['DeleteNetworkAcl', NetworkAclId],
  ] as const) {
    expect(lines).toMatch(new RegExp(`${id}[^{}]*${call}\\b`));
  }
});
