import type { PolicyDocument } from '../kernel/operation';

function allow(Action: readonly string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } };
}

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** Policies of AWS by their path and name. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ */
export const awsManagedPolicies: Readonly<Record<string, PolicyDocument>> = {
  'service-role/AWSLambdaBasicExecutionRole': allow(writeLogs),
  'service-role/AWSLambdaBasicDurableExecutionRolePolicy': allow([
    ...writeLogs,
    'lambda:CheckpointDurableExecution',
    'lambda:GetDurableExecutionState',
  ]),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow([
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...writeLogs,
  ]),
  AdministratorAccess: allow(['*']),
};
