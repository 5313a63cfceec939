import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteNetworkAclCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { BatchImportFindingsCommand, BatchUpdateFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { deploy, HUB, MEMBER, tcp, type Deployed } from '../deployed-portcullis';
import { DRILL_PLACE } from './drill-in-process';

interface Scene {
  readonly ec2: EC2Client;
  readonly ssm: SSMClient;
  readonly securityHub: SecurityHubClient;
  /** Of somebody in the account, without the tag of drills. */
  readonly group: string;
  readonly acl: string;
  readonly vpc: string;
  readonly findingId: string;
}

let portcullis: Deployed;
let scene: Scene;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  const { endpoint, hub } = portcullis;
  const asHub = { endpoint, region: hub.region, credentials: { accessKeyId: HUB, secretAccessKey: 'any' } };
  const { Credentials } = await new STSClient(asHub).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${MEMBER}:role/Portcullis-Drill`, RoleSessionName: 'somebody' }),
  );
  const settings = {
    endpoint,
    region: DRILL_PLACE.region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
  const vpc = await portcullis.openVpc(DRILL_PLACE);
  const theirs = portcullis.clients.ec2(DRILL_PLACE);
  const { id: group, ...rest } = await portcullis.openGroup(DRILL_PLACE, [tcp(443, 443, '10.0.0.0/8')], vpc);
  const { NetworkAcl } = await theirs.send(new CreateNetworkAclCommand({ VpcId: vpc }));
  scene = {
    ec2: new EC2Client(settings),
    ssm: new SSMClient(settings),
    securityHub: new SecurityHubClient(settings),
    group,
    acl: NetworkAcl?.NetworkAclId ?? '',
    vpc,
    findingId: await portcullis.importFinding({ id: group, ...rest }, 'EC2.13'),
  };
});
afterAll(() => portcullis.stop());

const ofDrill = [{ Key: 'portcullis:drill', Value: 'drill-0123456789ab' }];
const anywhere = {
  RuleNumber: 100,
  Egress: false,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
} as const;
const update = ({ findingId }: Scene) => ({
  FindingIdentifiers: [{ Id: findingId, ProductArn: `arn:aws:securityhub:us-east-1::product/aws/securityhub` }],
});

/** Whoever has the role of drills, in what is none of theirs. */
const REFUSED: readonly (readonly [what: string, attempt: (scene: Scene) => Promise<unknown>])[] = [
  [
    'open a group that no drill made',
    ({ ec2, group }) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [tcp(22, 22, '0.0.0.0/0')] })),
  ],
  [
    'revoke a rule of it',
    ({ ec2, group }) =>
      ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [tcp(443, 443, '10.0.0.0/8')] })),
  ],
  ['remove it', ({ ec2, group }) => ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }))],
  [
    'tag it as one of a drill',
    ({ ec2, group }) => ec2.send(new CreateTagsCommand({ Resources: [group], Tags: ofDrill })),
  ],
  [
    'make a group without the tag',
    ({ ec2, vpc }) =>
      ec2.send(new CreateSecurityGroupCommand({ GroupName: 'mine', Description: 'without a tag', VpcId: vpc })),
  ],
  ['make a network ACL without the tag', ({ ec2, vpc }) => ec2.send(new CreateNetworkAclCommand({ VpcId: vpc }))],
  [
    'open a network ACL that no drill made',
    ({ ec2, acl }) => ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId: acl, ...anywhere })),
  ],
  ['remove it, the ACL', ({ ec2, acl }) => ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: acl }))],
  [
    'start a runbook with the role that may change every group',
    ({ ssm, group }) => ssm.send(runbook(group, 'Portcullis-Runbook')),
  ],
  [
    'set the workflow of a finding',
    ({ securityHub, ...rest }) =>
      securityHub.send(
        new BatchUpdateFindingsCommand({ ...update({ securityHub, ...rest }), Workflow: { Status: 'RESOLVED' } }),
      ),
  ],
  [
    'write a note on a finding',
    ({ securityHub, ...rest }) =>
      securityHub.send(
        new BatchUpdateFindingsCommand({
          ...update({ securityHub, ...rest }),
          Note: { Text: 'mine', UpdatedBy: 'me' },
        }),
      ),
  ],
  [
    'import a finding of another product',
    ({ securityHub, group }) =>
      securityHub.send(
        new BatchImportFindingsCommand({
          Findings: [
            {
              SchemaVersion: '2018-10-08',
              Id: 'mine',
              ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/securityhub',
              GeneratorId: 'security-control/EC2.13',
              AwsAccountId: MEMBER,
              Types: [],
              CreatedAt: '2026-11-29T00:00:00Z',
              UpdatedAt: '2026-11-29T00:00:00Z',
              Severity: { Label: 'LOW' },
              Title: 'mine',
              Description: 'mine',
              Resources: [
                { Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:us-east-1:${MEMBER}:security-group/${group}` },
              ],
            },
          ],
        }),
      ),
  ],
];

test.each(REFUSED)('the role of drills cannot %s', async (_what, attempt) => {
  await expect(attempt(scene)).rejects.toMatchObject({
    name: expect.stringMatching(/^(UnauthorizedOperation|AccessDenied)/) as string,
  });
});

test('a runbook that it starts with itself cannot change a group that no drill made', async () => {
  const { ssm, group } = scene;
  await ssm.send(runbook(group, 'Portcullis-Drill'));
  await portcullis.settle();
  const place = { ...DRILL_PLACE, id: group, arn: '' };
  expect(await portcullis.ingressOf(place)).toHaveLength(1);
});

function runbook(group: string, role: string): StartAutomationExecutionCommand {
  return new StartAutomationExecutionCommand({
    DocumentName: 'Portcullis-CloseSecurityGroupIngress',
    Parameters: {
      AutomationAssumeRole: [`arn:aws:iam::${MEMBER}:role/${role}`],
      SecurityGroupId: [group],
      Protocol: ['tcp'],
      FromPort: ['443'],
      ToPort: ['443'],
      CidrIp: ['10.0.0.0/8'],
    },
  });
}
