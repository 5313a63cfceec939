import { Aws, Duration, Stack, type CfnCondition } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyDocument, PolicyStatement, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { explainWildcard } from '../explain-wildcard';
import { AthenaReading } from './athena-reading';
import { conditionOn } from './runbook-role';

export interface MemberRoleProps {
  readonly names: DeploymentNames;
  readonly condition: CfnCondition;
  readonly hubAccount: string;
  readonly organizationId: string;
  /** Missing, none may be read. */
  readonly flowLogs: Configuration['flowLogs'];
}

/**
 * What the hub may do in this account: read security groups, network ACLs and what they guard, and start our runbooks
 * with the runbook role. It cannot change any of them itself. Only the orchestrator's role, and only while both
 * accounts are in the organization.
 */
export class MemberRole extends Construct {
  constructor(scope: Construct, id: string, props: MemberRoleProps) {
    super(scope, id);
    const { names, condition, hubAccount, organizationId, flowLogs } = props;
    const logGroups = flowLogs?.logGroups ?? [];
    const role = new Role(this, 'Role', {
      roleName: names.roles.member,
      description: 'Taken on by the orchestrator of Portcullis in the hub account',
      maxSessionDuration: Duration.hours(1),
      // The account as principal, not the role: a role that is deleted and made again would no longer be the same
      // principal.
      assumedBy: new PrincipalWithConditions(new AccountPrincipal(hubAccount), {
        ArnEquals: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${hubAccount}:role/${names.roles.orchestrator}` },
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
      }),
      inlinePolicies: {
        ReadTargets: new PolicyDocument({ statements: [readTargets(), readPrefixLists(), readVersion(names)] }),
        ...(flowLogs === undefined
          ? {}
          : { ReadFlowLogs: new PolicyDocument({ statements: this.#readFlowLogs(logGroups) }) }),
        StartRunbooks: new PolicyDocument({ statements: this.#startRunbooks(names) }),
      },
    });
    conditionOn(role, condition);
    explainWildcards(role, names);
    explainLogGroups(role, logGroups);
    const { athena } = flowLogs ?? {};
    if (athena !== undefined) new AthenaReading(this, 'Athena', { role, condition, athena });
  }

  #readFlowLogs(logGroups: readonly string[]): PolicyStatement[] {
    return [
      new PolicyStatement({
        sid: 'FindFlowLogs',
        // None of these knows a resource that could be named before:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
        actions: [
          'ec2:DescribeFlowLogs',
          ...(logGroups.length === 0 ? [] : ['logs:DescribeLogGroups', 'logs:GetQueryResults']),
        ],
        resources: ['*'],
      }),
      ...(logGroups.length === 0 ? [] : [this.#searchFlowLogs(logGroups)]),
    ];
  }

  #searchFlowLogs(logGroups: readonly string[]): PolicyStatement {
    return new PolicyStatement({
      sid: 'SearchFlowLogs',
      actions: ['logs:DescribeLogStreams', 'logs:StartQuery'],
      resources: logGroups.map((name) => {
        const group = name.endsWith('*') ? name : `${name}:*`;
        return `arn:${Aws.PARTITION}:logs:*:${Aws.ACCOUNT_ID}:log-group:${group}`;
      }),
    });
  }

  #startRunbooks(names: DeploymentNames): PolicyStatement[] {
    const stack = Stack.of(this);
    const inEveryRegion = (resource: string, resourceName: string): string =>
      stack.formatArn({ service: 'ssm', region: '*', account: Aws.ACCOUNT_ID, resource, resourceName });
    return [
      new PolicyStatement({
        sid: 'StartRunbooks',
        actions: ['ssm:StartAutomationExecution'],
        // The version of the service authorization decides what SSM checks: the definition, or the document and the
        // execution: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-jenkins.html
        resources: [
          ...Object.values(names.documents).flatMap((document) => [
            inEveryRegion('document', `${document}*`),
            inEveryRegion('automation-definition', `${document}*`),
          ]),
          inEveryRegion('automation-execution', '*'),
        ],
      }),
      new PolicyStatement({
        sid: 'FollowRunbooks',
        actions: ['ssm:GetAutomationExecution'],
        resources: [inEveryRegion('automation-execution', '*')],
      }),
      new PolicyStatement({
        sid: 'PassRunbookRole',
        actions: ['iam:PassRole'],
        resources: [
          stack.formatArn({
            service: 'iam',
            region: '',
            account: Aws.ACCOUNT_ID,
            resource: 'role',
            resourceName: names.roles.runbook,
          }),
        ],
        conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      }),
    ];
  }
}

/**
 * None of these services has resources for these actions:
 * - https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 * - https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
function readTargets(): PolicyStatement {
  return new PolicyStatement({
    sid: 'ReadTargets',
    actions: [
      'cloudtrail:LookupEvents',
      'ec2:DescribeInstances',
      'ec2:DescribeManagedPrefixLists',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeNetworkInterfaces',
      // Whether the account has enabled a Region that does not answer.
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
    resources: ['*'],
  });
}

/** Which version of the member stack is deployed in a Region: the roles are of one for all of them. */
export function readVersion(names: DeploymentNames): PolicyStatement {
  return new PolicyStatement({
    sid: 'ReadVersion',
    actions: ['ssm:GetParameter'],
    resources: [`arn:${Aws.PARTITION}:ssm:*:${Aws.ACCOUNT_ID}:parameter${names.memberParameter}`],
  });
}

/** Of any account: a list may be AWS's own, or shared by another account. */
const ANY_PREFIX_LIST = `arn:${Aws.PARTITION}:ec2:*:*:prefix-list/*`;

function readPrefixLists(): PolicyStatement {
  return new PolicyStatement({
    sid: 'ReadPrefixLists',
    actions: ['ec2:GetManagedPrefixListEntries'],
    resources: [ANY_PREFIX_LIST],
  });
}

function explainLogGroups(role: Role, logGroups: readonly string[]): void {
  for (const name of logGroups) {
    const reason = 'Reading only: one role serves every Region, and the streams of a log group are not known before.';
    const resource = name.endsWith('*') ? name : `${name}:*`;
    explainWildcard(role, `arn:<AWS::Partition>:logs:*:<AWS::AccountId>:log-group:${resource}`, reason);
  }
}

function explainWildcards(role: Role, names: DeploymentNames): void {
  explainWildcard(
    role,
    '*',
    'Reading only: CloudTrail, EC2, Elastic Load Balancing, Security Hub and Systems Manager have no resource-level ' +
      'permissions for these.',
  );
  const lists = 'Reading only: whose lists rules name is not known before; AWS and other accounts own some.';
  explainWildcard(role, 'arn:<AWS::Partition>:ec2:*:*:prefix-list/*', lists);
  const ssm = 'arn:<AWS::Partition>:ssm:*:<AWS::AccountId>';
  explainWildcard(role, `${ssm}:parameter${names.memberParameter}`, 'One role serves every Region.');
  for (const document of Object.values(names.documents)) {
    const reason = 'One role serves every Region; the documents of one EC2 call are named, in every form and version.';
    explainWildcard(role, `${ssm}:document/${document}*`, reason);
    explainWildcard(role, `${ssm}:automation-definition/${document}*`, reason);
  }
  explainWildcard(role, `${ssm}:automation-execution/*`, 'SSM chooses the ids of executions as it starts them.');
}
