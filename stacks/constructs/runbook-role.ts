import { Aws, Stack, type CfnCondition } from 'aws-cdk-lib';
import { CfnRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { CALLS, callsOn, type CallName } from '../../src/core/planning/calls';
import { explainWildcard } from '../explain-wildcard';

/** The calls on security groups that plans make, by whether rules are there afterwards that were not. */
const AUTHORIZING = callsOn('security-group').filter((name) => CALLS[name].effect !== 'removes');
const REVOKING = callsOn('security-group').filter((name) => CALLS[name].effect === 'removes');

const actions = (calls: readonly CallName[]): string[] => calls.map((name) => `ec2:${name}`).sort();

export interface RunbookRoleProps {
  readonly names: DeploymentNames;
  readonly condition: CfnCondition;
}

/**
 * What a runbook may do: change rules of this account's security groups and entries of its network ACLs. Only SSM
 * Automation.
 */
export class RunbookRole extends Construct {
  constructor(scope: Construct, id: string, { names, condition }: RunbookRoleProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const inEveryRegion = (service: string, resource: string): string =>
      stack.formatArn({ service, region: '*', account: Aws.ACCOUNT_ID, resource, resourceName: '*' });

    const role = new Role(this, 'Role', {
      roleName: names.roles.runbook,
      description: 'Taken on by SSM Automation to change security groups and network ACLs for Portcullis',
      // The confused-deputy guard, letter for letter:
      // https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html
      assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': inEveryRegion('ssm', 'automation-execution') },
        },
      }),
      inlinePolicies: {
        ChangeTargets: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'RevokeRules',
              actions: actions(REVOKING),
              resources: [inEveryRegion('ec2', 'security-group')],
            }),
            new PolicyStatement({
              sid: 'AuthorizeRules',
              actions: actions(AUTHORIZING),
              // Rules with tags are resources of their own:
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
              resources: [inEveryRegion('ec2', 'security-group'), inEveryRegion('ec2', 'security-group-rule')],
            }),
            new PolicyStatement({
              sid: 'TagNewRules',
              actions: ['ec2:CreateTags'],
              resources: [inEveryRegion('ec2', 'security-group-rule')],
              conditions: {
                StringEquals: { 'ec2:CreateAction': AUTHORIZING.toSorted() },
              },
            }),
            new PolicyStatement({
              sid: 'ChangeNetworkAcls',
              actions: actions(callsOn('network-acl')),
              resources: [inEveryRegion('ec2', 'network-acl')],
            }),
          ],
        }),
      },
    });
    conditionOn(role, condition);
    const reason =
      'Any of the account may turn out to be open. The role can change rules and entries, and nothing else.';
    for (const type of ['network-acl', 'security-group', 'security-group-rule']) {
      explainWildcard(role, `arn:<AWS::Partition>:ec2:*:<AWS::AccountId>:${type}/*`, reason);
    }
  }
}

/** Creates the role only where the condition holds. */
export function conditionOn(role: Role, condition: CfnCondition): void {
  const resource = role.node.defaultChild;
  if (!(resource instanceof CfnRole)) throw new Error(`${role.node.path} has no AWS::IAM::Role of its own`);
  resource.cfnOptions.condition = condition;
}
