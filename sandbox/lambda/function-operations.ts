import type {
  FunctionConfiguration,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda';

import type { CallContext, Operation } from '../runtime/operation';
import { parseFunctionName, toFunctionArn } from './function-name';
import type { Functions, FunctionVersion } from './functions';

export interface FunctionOperations {
  readonly GetFunction: Operation<GetFunctionRequest, GetFunctionResponse>;
  readonly GetFunctionConfiguration: Operation<GetFunctionConfigurationRequest, FunctionConfiguration>;
  readonly ListFunctions: Operation<object, ListFunctionsResponse>;
}

/**
 * Shows functions as they were deployed, always `Active`. Their code is not handed out.
 * They throw ResourceNotFoundException, and InvalidParameterValueException for a name that is none.
 */
export function createFunctionOperations(functions: Functions): FunctionOperations {
  const needs =
    (action: string) =>
    ({ FunctionName = '', Qualifier }: GetFunctionRequest, context: CallContext) => {
      const reference = parseFunctionName(FunctionName, Qualifier, context);
      return [{ action: `lambda:${action}`, resource: toFunctionArn(context.world.partition, reference) }];
    };
  const describe = ({ FunctionName = '', Qualifier }: GetFunctionRequest, context: CallContext) => {
    const reference = parseFunctionName(FunctionName, Qualifier, context);
    return toConfiguration(functions.resolve(context.world.partition, reference).version);
  };
  return {
    GetFunction: {
      permissions: needs('GetFunction'),
      handle: (input, context) => ({ Configuration: describe(input, context) }),
    },
    GetFunctionConfiguration: { permissions: needs('GetFunctionConfiguration'), handle: describe },
    ListFunctions: {
      permissions: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
      handle: (_input, { account, region }) => ({ Functions: functions.list(account, region).map(toConfiguration) }),
    },
  };
}

function toConfiguration({ config, version, qualifiedArn }: FunctionVersion): FunctionConfiguration {
  const { durable } = config;
  return {
    FunctionName: config.name,
    FunctionArn: version === '$LATEST' ? config.arn : qualifiedArn,
    Version: version,
    Description: config.description,
    Role: config.roleArn,
    Handler: config.handler,
    Timeout: config.timeoutSeconds,
    MemorySize: config.memoryMegabytes,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Environment: { Variables: { ...config.environment } },
    LoggingConfig: { LogGroup: config.logGroupName },
    ...(durable
      ? {
          DurableConfig: {
            ExecutionTimeout: durable.executionTimeoutSeconds,
            RetentionPeriodInDays: durable.retentionDays,
          },
        }
      : {}),
  };
}
