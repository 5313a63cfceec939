import type {
  AutomationExecutionFilter,
  DescribeAutomationExecutionsRequest,
  DescribeAutomationExecutionsResult,
  DescribeAutomationStepExecutionsRequest,
  DescribeAutomationStepExecutionsResult,
  GetAutomationExecutionRequest,
  GetAutomationExecutionResult,
  StopAutomationExecutionRequest,
  StopAutomationExecutionResult,
} from '@aws-sdk/client-ssm';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, RequiredPermission } from '../runtime/operation';
import { executionNotFound, type Execution, type Executions } from './executions';
import { toAutomationExecution, toMetadata, toStepExecution } from './render-execution';

export interface ExecutionOperations {
  readonly GetAutomationExecution: Operation<GetAutomationExecutionRequest, GetAutomationExecutionResult>;
  readonly DescribeAutomationExecutions: Operation<
    DescribeAutomationExecutionsRequest,
    DescribeAutomationExecutionsResult
  >;
  readonly DescribeAutomationStepExecutions: Operation<
    DescribeAutomationStepExecutionsRequest,
    DescribeAutomationStepExecutionsResult
  >;
  readonly StopAutomationExecution: Operation<StopAutomationExecutionRequest, StopAutomationExecutionResult>;
}

/**
 * Shows executions and their steps, and cancels one before its next step. Filters of DescribeAutomationExecutions are
 * applied all together. They throw AutomationExecutionNotFoundException, InvalidAutomationStatusUpdateException and
 * InvalidFilterKey.
 */
export function createExecutionOperations(executions: Executions): ExecutionOperations {
  const needs =
    (action: string) =>
    (
      { AutomationExecutionId = '' }: { readonly AutomationExecutionId: string | undefined },
      { world, account, region }: CallContext,
    ): RequiredPermission[] => [
      {
        action: `ssm:${action}`,
        resource: `arn:${world.partition}:ssm:${region}:${account}:automation-execution/${AutomationExecutionId}`,
      },
    ];
  const get = ({ account, region }: CallContext, id: string | undefined): Execution =>
    executions.get(account, region, id);
  return {
    GetAutomationExecution: {
      permissions: needs('GetAutomationExecution'),
      handle: ({ AutomationExecutionId }, context) => ({
        AutomationExecution: toAutomationExecution(asOf(get(context, AutomationExecutionId), context)),
      }),
    },
    DescribeAutomationStepExecutions: {
      permissions: needs('DescribeAutomationStepExecutions'),
      handle: ({ AutomationExecutionId, ReverseOrder = false }, context) => {
        const steps = get(context, AutomationExecutionId).steps.map(toStepExecution);
        return { StepExecutions: ReverseOrder ? steps.reverse() : steps };
      },
    },
    DescribeAutomationExecutions: {
      permissions: () => [{ action: 'ssm:DescribeAutomationExecutions', resource: '*' }],
      handle: ({ Filters = [], MaxResults = 50 }, { account, region }) => {
        const newestFirst = executions.list(account, region).toReversed();
        const found = newestFirst.filter((execution) => Filters.every((filter) => passes(execution, filter)));
        return { AutomationExecutionMetadataList: found.slice(0, MaxResults).map(toMetadata) };
      },
    },
    StopAutomationExecution: {
      permissions: needs('StopAutomationExecution'),
      handle: ({ AutomationExecutionId, Type = 'Cancel' }, context) => {
        const execution = get(context, AutomationExecutionId);
        if (Type !== 'Cancel')
          throw new AwsError('InvalidAutomationStatusUpdateException', `Type ${Type} is not in the sandbox`);
        if (execution.endedMillis !== undefined) {
          throw new AwsError('InvalidAutomationStatusUpdateException', `The execution has ended: ${execution.status}`);
        }
        execution.status = 'Cancelling';
        return {};
      },
    },
  };
}

/** An execution that has ended since was still running; one that has started since was not there. */
function asOf(execution: Execution, { readsAsOfMillis = Infinity }: CallContext): Execution {
  const { id, startedMillis, endedMillis = Infinity } = execution;
  if (startedMillis > readsAsOfMillis) throw executionNotFound(id);
  if (endedMillis <= readsAsOfMillis || endedMillis === Infinity) return execution;
  const { failureMessage: _failure, endedMillis: _end, ...running } = execution;
  return { ...running, status: 'InProgress' };
}

function passes(execution: Execution, { Key, Values = [] }: AutomationExecutionFilter): boolean {
  switch (Key) {
    case 'DocumentNamePrefix':
      return Values.some((prefix) => execution.documentName.startsWith(prefix));
    case 'ExecutionStatus':
      return Values.includes(execution.status);
    case 'ExecutionId':
      return Values.includes(execution.id);
    default:
      throw new AwsError('InvalidFilterKey', `Filter ${String(Key)} is not in the sandbox.`);
  }
}
