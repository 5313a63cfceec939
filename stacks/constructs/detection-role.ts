import { Aws, Duration, Stack, type CfnCondition } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyDocument, PolicyStatement, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DetectionNames } from '../../src/core/configuration/detection-names';
import { explainWildcard } from '../explain-wildcard';
import { conditionOn } from './runbook-role';

export interface DetectionRoleProps {
  readonly names: DetectionNames;
  readonly condition: CfnCondition;
  readonly hubAccount: string;
  readonly organizationId: string;
}

/**
 * What the detector may do in this account: read security groups and network ACLs, and import findings of the account's own
 * product about them. It changes nothing and starts nothing: that is left to the member role, which it cannot take on.
 */
export class DetectionRole extends Construct {
  constructor(scope: Construct, id: string, { names, condition, hubAccount, organizationId }: DetectionRoleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: names.memberRole,
      description: 'Taken on by the detector of Portcullis in the hub account',
      maxSessionDuration: Duration.hours(1),
      // The account as principal, not the role: a role that is deleted and made again would no longer be the same principal.
      assumedBy: new PrincipalWithConditions(new AccountPrincipal(hubAccount), {
        ArnEquals: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${hubAccount}:role/${names.functionRole}` },
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
      }),
      inlinePolicies: { Detect: new PolicyDocument({ statements: this.#statements() }) },
    });
    conditionOn(role, condition);
    explainWildcard(role, '*', 'Reading only: EC2 has no resource-level permissions for these actions.');
    const lists = 'Reading only: whose lists rules name is not known before; AWS and other accounts own some.';
    explainWildcard(role, 'arn:<AWS::Partition>:ec2:*:*:prefix-list/*', lists);
    const everywhere = 'One role serves every Region.';
    for (const resource of ['hub/default', 'product/<AWS::AccountId>/default']) {
      explainWildcard(role, `arn:<AWS::Partition>:securityhub:*:<AWS::AccountId>:${resource}`, everywhere);
    }
  }

  #statements(): PolicyStatement[] {
    const { account } = Stack.of(this);
    const securityHub = (resource: string) => `arn:${Aws.PARTITION}:securityhub:*:${account}:${resource}`;
    return [
      new PolicyStatement({
        sid: 'ReadTargets',
        actions: [
          'ec2:DescribeManagedPrefixLists',
          'ec2:DescribeNetworkAcls',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroupRules',
          'ec2:DescribeSecurityGroups',
        ],
        resources: ['*'],
      }),
      new PolicyStatement({
        sid: 'ReadPrefixLists',
        actions: ['ec2:GetManagedPrefixListEntries'],
        resources: [`arn:${Aws.PARTITION}:ec2:*:*:prefix-list/*`],
      }),
      new PolicyStatement({
        sid: 'ReadFindings',
        actions: ['securityhub:GetFindings'],
        resources: [securityHub('hub/default')],
      }),
      new PolicyStatement({
        sid: 'ImportFindings',
        actions: ['securityhub:BatchImportFindings'],
        resources: [securityHub(`product/${account}/default`)],
        conditions: { StringEquals: { 'securityhub:TargetAccount': account } },
      }),
    ];
  }
}
