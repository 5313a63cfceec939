import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { explainWildcard } from '../explain-wildcard';

/** Starts the orchestrator through its alias, and asks whether an execution that was started before still goes on. */
export function orchestratorAccess(
  role: Role,
  names: DeploymentNames,
  orchestrator: Alias,
): readonly PolicyStatement[] {
  const stack = Stack.of(role);
  const executions = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    // Executions are resources under a version: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
    resourceName: `${names.functions.orchestrator}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  explainWildcard(
    role,
    `arn:<AWS::Partition>:lambda:${stack.region}:${stack.account}:function:${names.functions.orchestrator}:*`,
    'Executions belong to versions of this one function, and versions have no name before they exist.',
  );
  return [
    new PolicyStatement({
      sid: 'StartOrchestrator',
      actions: ['lambda:InvokeFunction'],
      resources: [orchestrator.functionArn],
    }),
    new PolicyStatement({ sid: 'SeeWhoIsAtWork', actions: ['lambda:GetDurableExecution'], resources: [executions] }),
  ];
}
