import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { explainWildcard } from '../explain-wildcard';

/** Lets a durable function read and write the state of its own executions. */
export function grantCheckpoints(role: Role, functionName: string): void {
  const stack = Stack.of(role);
  role.addToPolicy(
    new PolicyStatement({
      sid: 'Checkpoint',
      actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
      // Executions are resources under a version: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
      resources: [
        stack.formatArn({
          service: 'lambda',
          resource: 'function',
          resourceName: `${functionName}:*`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    }),
  );
  explainWildcard(
    role,
    `arn:<AWS::Partition>:lambda:${stack.region}:${stack.account}:function:${functionName}:*`,
    'Executions belong to versions of this one function, and versions have no name before they exist.',
  );
}
