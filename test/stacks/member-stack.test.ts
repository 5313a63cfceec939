import { readRunbookDocuments } from '../../stacks/runbook-documents';
import { renderArn, statementsOf, type Statement } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const { member } = synthesize(exampleWith({ organizationId: 'o-zzzzzzzzzz' })).templates;

const DOCUMENTS = readRunbookDocuments().map(({ name }) => name);

function statementsOfRole(role: string): readonly Statement[] {
  return statementsOf(member).filter(({ logicalId }) => logicalId.startsWith(role));
}

test('the roles exist in the primary Region only, the documents in every Region', () => {
  member.hasCondition('IsPrimaryRegion', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] });
  const { Resources } = member.toJSON() as { Resources: Record<string, { Type: string; Condition?: string }> };
  expect(Object.values(Resources).map(({ Type, Condition }) => ({ Type, Condition }))).toEqual([
    { Type: 'AWS::IAM::Role', Condition: 'IsPrimaryRegion' },
    { Type: 'AWS::IAM::Role', Condition: 'IsPrimaryRegion' },
    { Type: 'AWS::IAM::Role', Condition: 'IsPrimaryRegion' },
    { Type: 'AWS::SSM::Parameter', Condition: undefined },
    ...DOCUMENTS.map(() => ({ Type: 'AWS::SSM::Document', Condition: undefined })),
  ]);
});

test('the template names no account but the hub, so that one template serves all', () => {
  const accounts = JSON.stringify(member.toJSON()).match(/\b\d{12}\b/g);
  expect(new Set(accounts)).toEqual(new Set(['111111111111']));
});

describe('the member role', () => {
  test('trusts the orchestrator of the hub, inside the organization, for an hour at most', () => {
    const [trust, ...others] = statementsOfRole('MemberRole').filter(({ actions }) =>
      actions.includes('sts:AssumeRole'),
    );
    expect(others).toEqual([]);
    expect(renderArn((trust?.principal as { AWS: unknown }).AWS)).toBe('arn:${AWS::Partition}:iam::111111111111:root');
    expect(renderArn(trust?.condition['ArnEquals']?.['aws:PrincipalArn'])).toBe(
      'arn:${AWS::Partition}:iam::111111111111:role/Portcullis-Orchestrator',
    );
    expect(trust?.condition['StringEquals']).toEqual({ 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' });
    member.hasResourceProperties('AWS::IAM::Role', { RoleName: 'Portcullis-Member', MaxSessionDuration: 3600 });
  });

  test('reads, starts our documents, follows them and passes the runbook role to SSM: nothing else', () => {
    const granted = statementsOfRole('MemberRole').filter(({ sid }) => sid !== undefined);
    expect(granted.map(({ sid, actions }) => ({ sid, actions }))).toEqual([
      {
        sid: 'ReadTargets',
        actions: [
          'cloudtrail:LookupEvents',
          'ec2:DescribeInstances',
          'ec2:DescribeManagedPrefixLists',
          'ec2:DescribeNetworkAcls',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeRegions',
          'ec2:DescribeRouteTables',
          'ec2:DescribeSecurityGroupRules',
          'ec2:DescribeSecurityGroupVpcAssociations',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeVpcBlockPublicAccessExclusions',
          'ec2:DescribeVpcBlockPublicAccessOptions',
          'elasticloadbalancing:DescribeListeners',
          'elasticloadbalancing:DescribeLoadBalancers',
          'elasticloadbalancing:DescribeTargetGroupAttributes',
          'elasticloadbalancing:DescribeTargetGroups',
          'elasticloadbalancing:DescribeTargetHealth',
          'securityhub:BatchGetSecurityControls',
          'ssm:DescribeInstanceInformation',
        ],
      },
      { sid: 'ReadPrefixLists', actions: ['ec2:GetManagedPrefixListEntries'] },
      { sid: 'ReadVersion', actions: ['ssm:GetParameter'] },
      { sid: 'StartRunbooks', actions: ['ssm:StartAutomationExecution'] },
      { sid: 'FollowRunbooks', actions: ['ssm:GetAutomationExecution'] },
      { sid: 'PassRunbookRole', actions: ['iam:PassRole'] },
    ]);
  });

  test.each(DOCUMENTS)('starts %s under both ARN forms', (name) => {
    const start = statementsOfRole('MemberRole').find(({ sid }) => sid === 'StartRunbooks');
    const ssm = 'arn:${AWS::Partition}:ssm:*:${AWS::AccountId}';
    const document = String(name.split('-')[0]);
    expect(start?.resources).toEqual(
      expect.arrayContaining([
        `${ssm}:document/Portcullis-${document}*`,
        `${ssm}:automation-definition/Portcullis-${document}*`,
      ]),
    );
  });

  test('starts no document but ours', () => {
    const start = statementsOfRole('MemberRole').find(({ sid }) => sid === 'StartRunbooks');
    const names = new Set(DOCUMENTS.map((name) => name.split('-')[0]));
    expect(start?.resources).toHaveLength(2 * names.size + 1);
  });

  test('passes exactly the runbook role, to SSM', () => {
    expect(statementsOfRole('MemberRole').find(({ sid }) => sid === 'PassRunbookRole')).toMatchObject({
      resources: ['arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Portcullis-Runbook'],
      condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    });
  });
});

describe('the runbook role', () => {
  test('trusts SSM Automation of this account only', () => {
    const [trust, ...others] = statementsOfRole('RunbookRole').filter(({ actions }) =>
      actions.includes('sts:AssumeRole'),
    );
    expect(others).toEqual([]);
    expect(trust?.principal).toEqual({ Service: 'ssm.amazonaws.com' });
    expect(renderArn(trust?.condition['StringEquals']?.['aws:SourceAccount'])).toBe('${AWS::AccountId}');
    expect(renderArn(trust?.condition['ArnLike']?.['aws:SourceArn'])).toBe(
      'arn:${AWS::Partition}:ssm:*:${AWS::AccountId}:automation-execution/*',
    );
  });

  test('changes rules and entries, tags rules only as it creates them, and can do nothing else', () => {
    const granted = statementsOfRole('RunbookRole').filter(({ sid }) => sid !== undefined);
    const ec2 = 'arn:${AWS::Partition}:ec2:*:${AWS::AccountId}';
    expect(granted.map(({ sid, actions, resources, condition }) => ({ sid, actions, resources, condition }))).toEqual([
      {
        sid: 'RevokeRules',
        actions: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'],
        resources: [`${ec2}:security-group/*`],
        condition: {},
      },
      {
        sid: 'AuthorizeRules',
        actions: ['ec2:AuthorizeSecurityGroupEgress', 'ec2:AuthorizeSecurityGroupIngress'],
        resources: [`${ec2}:security-group-rule/*`, `${ec2}:security-group/*`],
        condition: {},
      },
      {
        sid: 'TagNewRules',
        actions: ['ec2:CreateTags'],
        resources: [`${ec2}:security-group-rule/*`],
        condition: {
          StringEquals: { 'ec2:CreateAction': ['AuthorizeSecurityGroupEgress', 'AuthorizeSecurityGroupIngress'] },
        },
      },
      {
        sid: 'ChangeNetworkAcls',
        actions: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAclEntry', 'ec2:ReplaceNetworkAclEntry'],
        resources: [`${ec2}:network-acl/*`],
        condition: {},
      },
    ]);
  });

  test('may make exactly the calls of the documents', () => {
    const calls = resourcesOf(member, 'AWS::SSM::Document').flatMap(({ properties }) => [
      ...JSON.stringify(properties['Content']).matchAll(/"Api":"(\w+)"/g),
    ]);
    const granted = statementsOfRole('RunbookRole').flatMap(({ actions }) => actions);
    const changes = granted.filter((action) => action.startsWith('ec2:') && action !== 'ec2:CreateTags');
    expect(new Set(changes)).toEqual(new Set(calls.map(([, api]) => `ec2:${String(api)}`)));
  });
});

test('the documents are our own Automation runbooks, and a change makes a new version', () => {
  const documents = resourcesOf(member, 'AWS::SSM::Document').map(({ properties }) => properties);
  expect(documents).toMatchObject(
    DOCUMENTS.map((name) => ({
      Name: `Portcullis-${name}`,
      DocumentType: 'Automation',
      UpdateMethod: 'NewVersion',
    })),
  );
});

test('the stack says in each Region of which version it is, and other settings are another version', () => {
  const versionOf = (changes: Readonly<Record<string, unknown>>) => {
    const { templates } = synthesize(exampleWith(changes));
    const [version] = resourcesOf(templates.member, 'AWS::SSM::Parameter').map(({ properties }) => properties);
    const wanted = JSON.stringify(templates.hub.toJSON()).match(/"PORTCULLIS_MEMBER_VERSION":"([^"]*)"/)?.[1];
    expect(version).toMatchObject({ Name: '/portcullis/Portcullis/member', Value: wanted });
    return wanted;
  };
  const plain = versionOf({});
  expect(plain).toMatch(/^0\.1\.0-[0-9a-f]{12}$/);
  expect(versionOf({ alarmEmail: 'a@example.com' })).toBe(plain);
  expect(versionOf({ flowLogs: { logGroups: ['/vpc/flow-logs'] } })).not.toBe(plain);
});

test('the template fits into a request, which takes 51,200 bytes: a StackSet is made of it without a bucket', () => {
  // As the stack is synthesized: without blanks.
  expect(Buffer.byteLength(JSON.stringify(member.toJSON()))).toBeLessThan(50_000);
});
