import { Aws, Duration, type CfnCondition } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyDocument, PolicyStatement, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import type { DetectionNames } from '../../src/core/configuration/names/detection-names';
import { explainWildcard } from '../explain-wildcard';
import { readVersion } from './member-role';
import { conditionOn } from './runbook-role';

export interface DetectionRoleProps {
  readonly detection: DetectionNames;
  readonly names: DeploymentNames;
  /** Whether a function of the hub re-checks single targets, and imports findings about them. */
  readonly hasDetector: boolean;
  /** Whether what was closed is re-checked, and CloudTrail is asked who opened it. */
  readonly isWatching: boolean;
  readonly condition: CfnCondition;
  readonly hubAccount: string;
  readonly organizationId: string;
}

/**
 * What finds openings in this account may do: read security groups and network ACLs, and import findings of the
 * account's own product about them. It changes nothing and starts nothing: that is left to the member role, which it
 * cannot take on.
 */
export class DetectionRole extends Construct {
  constructor(scope: Construct, id: string, props: DetectionRoleProps) {
    super(scope, id);
    const { detection, names, hasDetector, isWatching, condition, hubAccount, organizationId } = props;
    const functionRoles = [names.roles.sweeper, ...(hasDetector ? [detection.functionRole] : [])];
    const role = new Role(this, 'Role', {
      roleName: detection.memberRole,
      description: 'Taken on by what finds openings for Portcullis in the hub account',
      maxSessionDuration: Duration.hours(1),
      // The account as principal, not the role: a role that is deleted and made again would no longer be the same
      // principal.
      assumedBy: new PrincipalWithConditions(new AccountPrincipal(hubAccount), {
        ArnEquals: {
          'aws:PrincipalArn': functionRoles.map((name) => `arn:${Aws.PARTITION}:iam::${hubAccount}:role/${name}`),
        },
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
      }),
      inlinePolicies: {
        Detect: new PolicyDocument({
          statements: [
            ...this.#reading(hasDetector),
            readVersion(names),
            ...(isWatching ? [lookUpEvents()] : []),
            ...this.#importing(),
          ],
        }),
      },
    });
    conditionOn(role, condition);
    explainWildcard(
      role,
      '*',
      'Reading only: EC2, CloudTrail and Security Hub have no resource-level permissions for these actions.',
    );
    const lists = 'Reading only: whose lists rules name is not known before; AWS and other accounts own some.';
    explainWildcard(role, 'arn:<AWS::Partition>:ec2:*:*:prefix-list/*', lists);
    const everywhere = 'One role serves every Region.';
    const parameter = `arn:<AWS::Partition>:ssm:*:<AWS::AccountId>:parameter${names.memberParameter}`;
    explainWildcard(role, parameter, everywhere);
    for (const resource of ['hub/default', 'product/<AWS::AccountId>/default']) {
      explainWildcard(role, `arn:<AWS::Partition>:securityhub:*:<AWS::AccountId>:${resource}`, everywhere);
    }
  }

  #reading(hasDetector: boolean): PolicyStatement[] {
    return [
      new PolicyStatement({
        sid: 'ReadTargets',
        actions: [
          'ec2:DescribeManagedPrefixLists',
          'ec2:DescribeNetworkAcls',
          // Who uses a default group: the detector reads one as the orchestrator does.
          ...(hasDetector ? ['ec2:DescribeNetworkInterfaces'] : []),
          // Whether the account has enabled a Region that does not answer.
          'ec2:DescribeRegions',
          'ec2:DescribeSecurityGroupRules',
          'ec2:DescribeSecurityGroups',
          // Which ports EC2.18 authorizes here.
          'securityhub:BatchGetSecurityControls',
        ],
        resources: ['*'],
      }),
      new PolicyStatement({
        sid: 'ReadPrefixLists',
        actions: ['ec2:GetManagedPrefixListEntries'],
        resources: [`arn:${Aws.PARTITION}:ec2:*:*:prefix-list/*`],
      }),
    ];
  }

  #importing(): PolicyStatement[] {
    const account = Aws.ACCOUNT_ID;
    const securityHub = (resource: string) => `arn:${Aws.PARTITION}:securityhub:*:${account}:${resource}`;
    return [
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

function lookUpEvents(): PolicyStatement {
  return new PolicyStatement({
    sid: 'LookUpWhoOpened',
    // No resource-level permissions:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
    actions: ['cloudtrail:LookupEvents'],
    resources: ['*'],
  });
}
