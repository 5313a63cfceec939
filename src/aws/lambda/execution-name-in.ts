/**
 * The name of a durable execution in its ARN, `arn:…:function:NAME:VERSION/durable-execution/EXECUTION_NAME/ID`; empty
 * when it is none. https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
export function executionNameIn(durableExecutionArn: string): string {
  return /\/durable-execution\/([^/]+)\/[^/]+$/.exec(durableExecutionArn)?.[1] ?? '';
}
