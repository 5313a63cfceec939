import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnActionTarget } from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import type { CustomActionsBy } from '../../src/core/configuration/known-regions';
import type { RequestedCustomAction } from '../../src/core/custom-actions/custom-action';
import { BundledFunction } from './bundled-function';

/** Makes one custom action of the Security Hub console. @returns its ARN */
export type MakeCustomAction = (scope: Construct, action: RequestedCustomAction) => string;

export interface CustomActionMakerProps {
  readonly names: DeploymentNames;
  readonly by: CustomActionsBy;
  readonly logRetentionDays: number;
}

/** Describes, creates and changes three actions, with pauses for a role that is not known everywhere yet. */
const FUNCTION_TIMEOUT = Duration.minutes(2);

/** Three invocations, as often as Lambda tries an event, with its pauses of one and two minutes between them. */
const ANSWER_TIMEOUT = Duration.minutes(10);

/** By CloudFormation's own resource type, or where its registry has none, by a function that calls Security Hub. */
export function customActionMaker(scope: Construct, props: CustomActionMakerProps): MakeCustomAction {
  switch (props.by) {
    case 'resource':
      return (place, action) => new CfnActionTarget(place, 'Action', action).attrActionTargetArn;
    case 'function':
      return byFunction(scope, props);
  }
}

function byFunction(scope: Construct, { names, logRetentionDays }: CustomActionMakerProps): MakeCustomAction {
  const bundled = new BundledFunction(scope, 'Function', {
    name: names.functions.customActions,
    roleName: names.roles.customActions,
    description: "Makes Security Hub's custom actions for CloudFormation",
    entry: 'custom-actions.ts',
    timeout: FUNCTION_TIMEOUT,
    logRetentionDays,
    environment: {},
  });
  bundled.role.addToPolicy(
    new PolicyStatement({
      sid: 'KeepCustomActions',
      actions: [
        'securityhub:CreateActionTarget',
        'securityhub:DeleteActionTarget',
        'securityhub:DescribeActionTargets',
        'securityhub:UpdateActionTarget',
      ],
      // The only resource that these actions have:
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
      resources: [Stack.of(scope).formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' })],
    }),
  );
  return (place, { id, name, description }) => {
    // Not under the id of CloudFormation's own type: another type under the same logical id is refused, and whoever has
    // deleted the actions by hand to change to the type could never do so.
    const resource = new CustomResource(place, 'ByFunction', {
      serviceToken: bundled.function.functionArn,
      serviceTimeout: ANSWER_TIMEOUT,
      resourceType: 'Custom::SecurityHubActionTarget',
      properties: { Id: id, Name: name, Description: description },
    });
    // Its permissions and its log group must be there before it is asked.
    resource.node.addDependency(bundled);
    return resource.ref;
  };
}
