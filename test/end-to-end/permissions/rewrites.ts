import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
} from '@aws-sdk/client-ec2';
import { ANYWHERE, MEMBER, type Deployed } from '../deployed-portcullis';

const place = { account: MEMBER, region: 'eu-central-1' };

/**
 * A default group is emptied and a network ACL rewritten, then both are undone; how each looked in between and after.
 */
export async function playRewrites(portcullis: Deployed): Promise<Readonly<Record<string, readonly string[]>>> {
  const ec2 = portcullis.clients.ec2(place);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.8.0.0/16' }));
  const ofVpc = [{ Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: ofVpc }));
  const groupId = SecurityGroups[0]?.GroupId ?? '';
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpc?.VpcId }));
  const aclId = NetworkAcl?.NetworkAclId ?? '';
  const everything = { Protocol: '-1', RuleAction: 'allow', Egress: false, CidrBlock: ANYWHERE } as const;
  await ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId: aclId, RuleNumber: 100, ...everything }));

  const arn = (resource: string) => `arn:aws:ec2:${place.region}:${place.account}:${resource}`;
  const ids = [
    await portcullis.importFinding({ ...place, id: groupId, arn: arn(`security-group/${groupId}`) }, 'EC2.2'),
    await portcullis.importFinding({ ...place, id: aclId, arn: arn(`network-acl/${aclId}`) }, 'EC2.21', {
      Resources: [{ Type: 'AwsEc2NetworkAcl', Id: arn(`network-acl/${aclId}`) }],
    }),
  ];

  async function readRules(): Promise<readonly string[]> {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
    );
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [aclId] }));
    const entries = (NetworkAcls[0]?.Entries ?? []).filter(({ Egress }) => Egress === false);
    const findings = await Promise.all(ids.map((id) => portcullis.findingOf(id)));
    return [
      ...findings.map(
        (each) => `${each.Workflow?.Status ?? ''} ${each.UserDefinedFields?.['PortcullisOutcome'] ?? ''}`,
      ),
      `rules: ${SecurityGroupRules.map(({ IsEgress }) => (IsEgress ? 'egress' : 'ingress'))
        .sort()
        .join()}`,
      `entries: ${entries.map(({ RuleAction, Protocol }) => `${RuleAction ?? ''} ${Protocol ?? ''}`).join()}`,
    ];
  }

  await portcullis.press(...ids);
  await portcullis.settle();
  const closed = await readRules();
  await portcullis.choose('Undo closing', ...ids);
  await portcullis.settle();
  return { closed, undone: await readRules() };
}
