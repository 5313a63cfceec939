import { renderArn, statementsOf, type Statement } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const { member } = synthesize(exampleWith({ organizationId: 'o-zzzzzzzzzz' })).templates;

function statementsOfRole(role: string): readonly Statement[] {
  return statementsOf(member).filter(({ logicalId }) => logicalId.startsWith(role));
}

test('the roles exist in the primary Region only, the documents in every Region', () => {
  member.hasCondition('IsPrimaryRegion', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] });
  const { Resources } = member.toJSON() as { Resources: Record<string, { Type: string; Condition?: string }> };
  expect(Object.values(Resources).map(({ Type, Condition }) => ({ Type, Condition }))).toEqual([
    { Type: 'AWS::IAM::Role', Condition: 'IsPrimaryRegion' },
    { Type: 'AWS::IAM::Role', Condition: 'IsPrimaryRegion' },
    { Type: 'AWS::SSM::Document', Condition: undefined },
    { Type: 'AWS::SSM::Document', Condition: undefined },
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

  test('reads, starts our two documents, follows them and passes the runbook role to SSM: nothing else', () => {
    const granted = statementsOfRole('MemberRole').filter(({ sid }) => sid !== undefined);
    expect(granted.map(({ sid, actions }) => ({ sid, actions }))).toEqual([
      {
        sid: 'ReadGroups',
        actions: ['ec2:DescribeSecurityGroupRules', 'ec2:DescribeSecurityGroups', 'ec2:GetManagedPrefixListEntries'],
      },
      { sid: 'StartRunbooks', actions: ['ssm:StartAutomationExecution'] },
      { sid: 'FollowRunbooks', actions: ['ssm:GetAutomationExecution'] },
      { sid: 'PassRunbookRole', actions: ['iam:PassRole'] },
    ]);
  });

  test.each(['CloseSecurityGroupIngress', 'AuthorizeSecurityGroupIngress'])(
    'starts %s under both ARN forms',
    (name) => {
      const start = statementsOfRole('MemberRole').find(({ sid }) => sid === 'StartRunbooks');
      const ssm = 'arn:${AWS::Partition}:ssm:*:${AWS::AccountId}';
      expect(start?.resources).toEqual(
        expect.arrayContaining([
          `${ssm}:document/Portcullis-${name}`,
          `${ssm}:automation-definition/Portcullis-${name}:*`,
        ]),
      );
    },
  );

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

  test('changes ingress, and tags rules only as it creates them', () => {
    const [change, tag, ...others] = statementsOfRole('RunbookRole').filter(({ sid }) => sid !== undefined);
    const ec2 = 'arn:${AWS::Partition}:ec2:*:${AWS::AccountId}';
    expect(others).toEqual([]);
    expect(change?.actions).toEqual(['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress']);
    expect(change?.resources).toEqual([`${ec2}:security-group-rule/*`, `${ec2}:security-group/*`]);
    expect(tag).toMatchObject({
      actions: ['ec2:CreateTags'],
      resources: [`${ec2}:security-group-rule/*`],
      condition: { StringEquals: { 'ec2:CreateAction': 'AuthorizeSecurityGroupIngress' } },
    });
  });
});

test('the documents are our own Automation runbooks, and a change makes a new version', () => {
  const documents = resourcesOf(member, 'AWS::SSM::Document').map(({ properties }) => properties);
  expect(documents).toMatchObject([
    { Name: 'Portcullis-CloseSecurityGroupIngress', DocumentType: 'Automation', UpdateMethod: 'NewVersion' },
    { Name: 'Portcullis-AuthorizeSecurityGroupIngress', DocumentType: 'Automation', UpdateMethod: 'NewVersion' },
  ]);
});
