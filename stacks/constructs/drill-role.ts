import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  CompositePrincipal,
  Effect,
  PolicyDocument,
  PolicyStatement,
  PrincipalWithConditions,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { DRILL_ID_START, DRILL_TAG, type DrillNames } from '../../src/core/configuration/names/drill-names';
import { explainWildcard } from '../explain-wildcard';

export interface DrillRoleProps {
  readonly drill: DrillNames;
  readonly names: DeploymentNames;
  readonly hubAccount: string;
  readonly organizationId: string;
}

const DRILLS = `${DRILL_ID_START}*`;

/** Documents that a drill starts by itself. */
const RUN = ['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'] as const;

/**
 * What a drill may do in an account for drills: make security groups and network ACLs that carry the tag of drills, and
 * change and remove what carries it; nothing else of the account. Its runs of our documents act with this role as well,
 * so that these reach no further. Who may take it on in the hub account is for the hub account's policies to say.
 */
export class DrillRole extends Construct {
  constructor(scope: Construct, id: string, { drill, names, hubAccount, organizationId }: DrillRoleProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const role = new Role(this, 'Role', {
      roleName: drill.role,
      description: 'Taken on by who drills Portcullis, from the hub account, and by the runs of the drill',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new CompositePrincipal(
        new PrincipalWithConditions(new AccountPrincipal(hubAccount), {
          StringEquals: { 'aws:PrincipalOrgID': organizationId },
        }),
        // https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html
        new ServicePrincipal('ssm.amazonaws.com', {
          conditions: {
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: { 'aws:SourceArn': inEveryRegion(stack, 'ssm', 'automation-execution') },
          },
        }),
      ),
      inlinePolicies: {
        Drill: new PolicyDocument({
          statements: [...making(stack), ...changing(stack), ...running(stack, drill, names), ...findings(stack)],
        }),
      },
    });
    explainWildcards(role, stack.account, names);
  }
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
function making(stack: Stack): readonly PolicyStatement[] {
  const made = ['network-acl', 'security-group'].map((type) => inEveryRegion(stack, 'ec2', type));
  const tagged = { StringLike: { [`aws:RequestTag/${DRILL_TAG}`]: DRILLS } };
  return [
    new PolicyStatement({
      sid: 'Read',
      actions: [
        'ec2:DescribeNetworkAcls',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroupRules',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'MakeTaggedGroups',
      actions: ['ec2:CreateSecurityGroup'],
      resources: [inEveryRegion(stack, 'ec2', 'security-group')],
      conditions: tagged,
    }),
    new PolicyStatement({
      sid: 'MakeTaggedNetworkAcls',
      actions: ['ec2:CreateNetworkAcl'],
      resources: [inEveryRegion(stack, 'ec2', 'network-acl')],
      conditions: tagged,
    }),
    new PolicyStatement({
      sid: 'MakeInVpcs',
      actions: ['ec2:CreateNetworkAcl', 'ec2:CreateSecurityGroup'],
      resources: [inEveryRegion(stack, 'ec2', 'vpc')],
    }),
    new PolicyStatement({
      sid: 'TagWhatIsMade',
      actions: ['ec2:CreateTags'],
      resources: made,
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateNetworkAcl', 'CreateSecurityGroup'] } },
    }),
  ];
}

function changing(stack: Stack): readonly PolicyStatement[] {
  const ofDrills = { StringLike: { [`aws:ResourceTag/${DRILL_TAG}`]: DRILLS } };
  return [
    new PolicyStatement({
      sid: 'ChangeGroupsOfDrills',
      actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:DeleteSecurityGroup', 'ec2:RevokeSecurityGroupIngress'],
      resources: [inEveryRegion(stack, 'ec2', 'security-group')],
      conditions: ofDrills,
    }),
    new PolicyStatement({
      sid: 'ChangeNetworkAclsOfDrills',
      actions: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAcl'],
      resources: [inEveryRegion(stack, 'ec2', 'network-acl')],
      conditions: ofDrills,
    }),
  ];
}

function running(stack: Stack, drill: DrillNames, names: DeploymentNames): readonly PolicyStatement[] {
  const inSsm = (resource: string, resourceName: string): string =>
    stack.formatArn({ service: 'ssm', region: '*', resource, resourceName });
  return [
    new PolicyStatement({
      sid: 'StartRunbooks',
      actions: ['ssm:StartAutomationExecution'],
      resources: [
        ...RUN.flatMap((call) => [
          inSsm('document', `${names.documents[call]}*`),
          inSsm('automation-definition', `${names.documents[call]}*`),
        ]),
        inSsm('automation-execution', '*'),
      ],
    }),
    new PolicyStatement({
      sid: 'FollowRunbooks',
      actions: ['ssm:GetAutomationExecution'],
      resources: [inSsm('automation-execution', '*')],
    }),
    new PolicyStatement({
      sid: 'PassItself',
      actions: ['iam:PassRole'],
      resources: [stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: drill.role })],
      conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    }),
  ];
}

/** All that BatchUpdateFindings changes beside user-defined fields, by the leaves that have condition keys. */
const OTHER_FIELDS = [
  'Confidence',
  'Criticality',
  'Note.Text',
  'Note.UpdatedBy',
  'RelatedFindings',
  'Severity.Label',
  'Severity.Normalized',
  'Severity.Product',
  'Types',
  'VerificationState',
  'Workflow.Status',
];

/**
 * Findings carry no tags. It imports into the account's own default product alone, as everybody's tools do, and of
 * findings it changes user-defined fields and nothing else.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
function findings(stack: Stack): readonly PolicyStatement[] {
  const { account } = stack;
  const inHub = (resource: string) => `arn:${Aws.PARTITION}:securityhub:*:${account}:${resource}`;
  return [
    new PolicyStatement({
      sid: 'ReadFindingsAndSetFields',
      actions: ['securityhub:BatchUpdateFindings', 'securityhub:GetFindings'],
      resources: [inHub('hub/default')],
    }),
    ...OTHER_FIELDS.map(
      (field) =>
        new PolicyStatement({
          sid: `Never${field.replace('.', '')}`,
          effect: Effect.DENY,
          actions: ['securityhub:BatchUpdateFindings'],
          resources: [inHub('hub/default')],
          conditions: { Null: { [`securityhub:ASFFSyntaxPath/${field}`]: 'false' } },
        }),
    ),
    new PolicyStatement({
      sid: 'ImportFindings',
      actions: ['securityhub:BatchImportFindings'],
      resources: [inHub(`product/${account}/default`)],
      conditions: { StringEquals: { 'securityhub:TargetAccount': account } },
    }),
  ];
}

function inEveryRegion(stack: Stack, service: string, resource: string): string {
  return stack.formatArn({ service, region: '*', resource, resourceName: '*' });
}

function explainWildcards(role: Role, account: string, names: DeploymentNames): void {
  explainWildcard(role, '*', 'Reading only: EC2 has no resource-level permissions for these actions.');
  for (const type of ['network-acl', 'security-group']) {
    const tag = `What a drill makes is not known before; all that it changes must carry ${DRILL_TAG}.`;
    explainWildcard(role, `arn:<AWS::Partition>:ec2:*:${account}:${type}/*`, tag);
  }
  const vpc = 'Any VPC of the account may be the one; what is made in it must carry the tag.';
  explainWildcard(role, `arn:<AWS::Partition>:ec2:*:${account}:vpc/*`, vpc);
  const ssm = `arn:<AWS::Partition>:ssm:*:${account}`;
  for (const call of RUN) {
    const reason = 'One role serves every Region; the documents of one EC2 call are named, in every form and version.';
    explainWildcard(role, `${ssm}:document/${names.documents[call]}*`, reason);
    explainWildcard(role, `${ssm}:automation-definition/${names.documents[call]}*`, reason);
  }
  explainWildcard(role, `${ssm}:automation-execution/*`, 'SSM chooses the ids of executions as it starts them.');
  for (const resource of ['hub/default', `product/${account}/default`]) {
    const everywhere = 'One role serves every Region.';
    explainWildcard(role, `arn:<AWS::Partition>:securityhub:*:${account}:${resource}`, everywhere);
  }
}
