import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { UpdateSecurityControlCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Located } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const frankfurt = { account: OTHER_MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
beforeAll(async () => {
  const configurationFile = 'test/end-to-end/detection/held-against.yaml';
  portcullis = await deploy({ clockMode: 'skipping', configurationFile });
  await portcullis.subscribe();
  // One account lets 8443 be public, in one Region.
  await portcullis.clients.securityHub(frankfurt).send(
    new UpdateSecurityControlCommand({
      SecurityControlId: 'EC2.18',
      Parameters: { authorizedTcpPorts: { ValueType: 'CUSTOM', Value: { IntegerList: [443, 8443] } } },
    }),
  );
});
afterAll(() => portcullis.stop());

const ownFinding = ({ arn }: Located, control: string): Promise<AwsSecurityFinding> =>
  portcullis.findingOf(`Portcullis/${control}/${arn}`);
const openPorts = async (group: Located) => (await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort);
const parametersOf = ({ ProductFields }: AwsSecurityFinding): unknown =>
  JSON.parse(ProductFields?.['portcullis/Parameters'] ?? '');

test('EC2.18 is held against the ports that the account authorizes, and closed to them by itself', async () => {
  const [strict, loose] = [
    await portcullis.openGroup(virginia, [tcp(8443, 8443, ANYWHERE), tcp(80, 80, ANYWHERE)]),
    await portcullis.openGroup(frankfurt, [tcp(8443, 8443, ANYWHERE), tcp(80, 80, ANYWHERE)]),
  ];
  await portcullis.settle();
  const [ofStrict, ofLoose] = [await ownFinding(strict, 'EC2.18'), await ownFinding(loose, 'EC2.18')];
  expect(parametersOf(ofStrict)).toEqual([{ Name: 'authorizedTcpPorts', Value: ['80', '443'] }]);
  expect(parametersOf(ofLoose)).toEqual([{ Name: 'authorizedTcpPorts', Value: ['443', '8443'] }]);
  expect([ofStrict.Workflow?.Status, ofLoose.Workflow?.Status]).toEqual(['RESOLVED', 'RESOLVED']);
  expect([await openPorts(strict), await openPorts(loose)]).toEqual([[80], [8443]]);
  expect(ofStrict.ProductFields).toMatchObject({ 'portcullis/OpenedBy': `arn:aws:iam::${MEMBER}:root` });
});

test('what is authorized gives no finding', async () => {
  const group = await portcullis.openGroup(frankfurt, [tcp(8443, 8443, ANYWHERE)]);
  await portcullis.settle();
  await expect(ownFinding(group, 'EC2.18')).rejects.toThrow();
});

test('a port of the baseline in a group is a finding of ours with who opened it, and closed; with other ports it stays', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(443, 443, ANYWHERE)]);
  await portcullis.clients
    .ec2(virginia)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(5901, 5901, ANYWHERE)] }));
  await portcullis.settle();
  const finding = await ownFinding(group, 'baseline');
  expect(finding).toMatchObject({
    GeneratorId: 'portcullis/baseline',
    Workflow: { Status: 'RESOLVED' },
    UserDefinedFields: { PortcullisOutcome: 'closed' },
    ProductFields: { 'portcullis/OpenedBy': `arn:aws:iam::${MEMBER}:root` },
  });
  expect(parametersOf(finding)).toEqual([
    { Name: 'forbiddenTcpPorts', Value: ['5900-5910'] },
    { Name: 'forbiddenUdpPorts', Value: ['53'] },
  ]);
  expect(finding.Description).toContain('which baseline forbids');
  expect(await openPorts(group)).toEqual([443]);
});

test('a port of the baseline in a network ACL is closed as well', async () => {
  const ec2 = portcullis.clients.ec2(virginia);
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpcs[0]?.VpcId }));
  const id = NetworkAcl?.NetworkAclId ?? '';
  const acl = { ...virginia, id, arn: `arn:aws:ec2:us-east-1:${MEMBER}:network-acl/${id}` };
  await ec2.send(
    new CreateNetworkAclEntryCommand({
      ...{ NetworkAclId: id, RuleNumber: 100, Protocol: '17', RuleAction: 'allow', Egress: false },
      ...{ CidrBlock: ANYWHERE, PortRange: { From: 50, To: 60 } },
    }),
  );
  await portcullis.settle();
  expect((await ownFinding(acl, 'baseline')).Workflow?.Status).toBe('RESOLVED');
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [id] }));
  const ingress = NetworkAcls?.[0]?.Entries?.filter(({ Egress, RuleAction }) => !Egress && RuleAction === 'allow');
  expect(ingress?.map(({ PortRange }) => PortRange)).toEqual([
    { From: 50, To: 52 },
    { From: 54, To: 60 },
  ]);
});

test('nothing is left over', async () => {
  expect(await portcullis.deadLetters()).toEqual([]);
});
