import { Aws, CfnCondition, Fn, Stack, type Environment } from 'aws-cdk-lib';
import { CfnPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../src/core/configuration/names/deployment-names';
import { toIsolationNames, type IsolationNames } from '../src/core/configuration/names/isolation-names';
import { ISOLATING_TAG } from '../src/core/isolation/isolation-terms';
import { bootstrapless } from './bootstrapless';
import { RunbookDocument } from './constructs/runbook-document';
import { explainWildcard } from './explain-wildcard';
import { readIsolationDocuments } from './runbook-documents';

export interface IsolationStackProps {
  readonly configuration: Pick<Configuration, 'members' | 'prefix'>;
  readonly names: DeploymentNames;
  /** Where it goes; left out, wherever it is deployed to. The template is the same. */
  readonly env?: Environment;
}

/**
 * What makes an account one whose instances may be isolated: two more runbooks, and what the member stack's two roles
 * may do with them. A stack of its own, on top of the member stack: where it is not, IAM refuses.
 */
export class IsolationStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, names, env }: IsolationStackProps) {
    const isolation = toIsolationNames(configuration.prefix);
    super(scope, id, {
      ...(env === undefined ? {} : { env }),
      stackName: isolation.stack,
      description: 'Portcullis: what isolates instances of a member account',
      synthesizer: bootstrapless(),
      suppressTemplateIndentation: true,
    });
    this.node.setContext(PATH_METADATA_ENABLE_CONTEXT, false);
    // IAM is global, and so are the roles of the member stack.
    const primary = new CfnCondition(this, 'IsPrimaryRegion', {
      expression: Fn.conditionEquals(Aws.REGION, configuration.members.primaryRegion),
    });
    this.#allow('MemberPolicy', names.roles.member, [...reading(), ...starting(isolation)], primary);
    this.#allow('RunbookPolicy', names.roles.runbook, isolating(isolation), primary);
    for (const { name, content } of readIsolationDocuments()) {
      new RunbookDocument(this, name, { name: `${configuration.prefix}-${name}`, content });
    }
  }

  #allow(id: string, role: string, statements: PolicyStatement[], condition: CfnCondition): void {
    const policy = new CfnPolicy(this, id, {
      policyName: 'Isolate',
      policyDocument: new PolicyDocument({ statements }),
      roles: [role],
    });
    policy.cfnOptions.condition = condition;
    explainWildcards(policy);
  }
}

function inEveryRegion(service: string, resource: string, name = '*'): string {
  return `arn:${Aws.PARTITION}:${service}:*:${Aws.ACCOUNT_ID}:${resource}/${name}`;
}

/** Whose tags may forbid isolation. EC2 has no resources for these actions. */
function reading(): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'ReadNetworks',
      actions: ['ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      resources: ['*'],
    }),
  ];
}

/** As the member stack has it of its own runbooks. */
function starting({ documents }: IsolationNames): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'StartIsolatingRunbooks',
      actions: ['ssm:StartAutomationExecution'],
      resources: documents.flatMap((document) => [
        inEveryRegion('ssm', 'document', document),
        inEveryRegion('ssm', 'automation-definition', `${document}:*`),
      ]),
    }),
  ];
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
function isolating({ group }: IsolationNames): PolicyStatement[] {
  const isOurs = { [`aws:RequestTag/${ISOLATING_TAG}`]: group };
  return [
    new PolicyStatement({
      sid: 'MakeIsolatingGroups',
      actions: ['ec2:CreateSecurityGroup'],
      resources: [inEveryRegion('ec2', 'security-group')],
      conditions: { StringEquals: isOurs },
    }),
    new PolicyStatement({
      sid: 'MakeThemInAnyVpc',
      actions: ['ec2:CreateSecurityGroup'],
      resources: [`arn:${Aws.PARTITION}:ec2:*:*:vpc/*`],
    }),
    new PolicyStatement({
      sid: 'TagIsolatingGroups',
      actions: ['ec2:CreateTags'],
      resources: [inEveryRegion('ec2', 'security-group')],
      conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', ...isOurs } },
    }),
    new PolicyStatement({
      sid: 'ReadBeforeReplacing',
      actions: ['ec2:DescribeNetworkInterfaces'],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'ReplaceGroups',
      // An undo gives back whatever group was there, so that none can be named by a tag.
      actions: ['ec2:ModifyNetworkInterfaceAttribute'],
      resources: [inEveryRegion('ec2', 'network-interface'), inEveryRegion('ec2', 'security-group')],
    }),
  ];
}

function explainWildcards(policy: CfnPolicy): void {
  explainWildcard(policy, '*', 'Reading only: EC2 has no resource-level permissions for these actions.');
  const any = 'Any of the account may turn out to need isolation. Only the groups of interfaces can be changed.';
  for (const type of ['network-interface', 'security-group']) {
    explainWildcard(policy, `arn:<AWS::Partition>:ec2:*:<AWS::AccountId>:${type}/*`, any);
  }
  const vpc = 'A VPC may be shared by another account. Only a group with the tag of ours can be made in it.';
  explainWildcard(policy, 'arn:<AWS::Partition>:ec2:*:*:vpc/*', vpc);
}
