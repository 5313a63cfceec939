import type {
  CheckpointDurableExecutionRequest,
  CheckpointDurableExecutionResponse,
  GetDurableExecutionHistoryRequest,
  GetDurableExecutionHistoryResponse,
  GetDurableExecutionRequest,
  GetDurableExecutionResponse,
  GetDurableExecutionStateRequest,
  GetDurableExecutionStateResponse,
  ListDurableExecutionsByFunctionRequest,
  ListDurableExecutionsByFunctionResponse,
  StopDurableExecutionRequest,
  StopDurableExecutionResponse,
} from '@aws-sdk/client-lambda';

import { AwsError } from '../../runtime/aws-error';
import type { CallContext, Operation, RequiredPermission } from '../../runtime/operation';
import { parseFunctionName, toFunctionArn } from '../function-name';
import type { DurableExecution } from './durable-execution';
import type { DurableExecutions } from './durable-executions';
import { parseDurableExecutionArn } from './durable-names';

const MAX_ITEMS = 1000;
const DEFAULT_ITEMS = 100;

export interface DurableOperations {
  readonly CheckpointDurableExecution: Operation<CheckpointDurableExecutionRequest, CheckpointDurableExecutionResponse>;
  readonly GetDurableExecutionState: Operation<GetDurableExecutionStateRequest, GetDurableExecutionStateResponse>;
  readonly GetDurableExecution: Operation<GetDurableExecutionRequest, GetDurableExecutionResponse>;
  readonly GetDurableExecutionHistory: Operation<GetDurableExecutionHistoryRequest, GetDurableExecutionHistoryResponse>;
  readonly StopDurableExecution: Operation<StopDurableExecutionRequest, StopDurableExecutionResponse>;
  readonly ListDurableExecutionsByFunction: Operation<
    ListDurableExecutionsByFunctionRequest,
    ListDurableExecutionsByFunctionResponse
  >;
}

/**
 * What the durable SDK asks while a function runs (checkpoints, the state to replay), and what people ask about
 * executions. They throw ResourceNotFoundException, and InvalidParameterValueException for ARNs and checkpoint tokens
 * that are none.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html
 */
export function createDurableOperations(executions: DurableExecutions): DurableOperations {
  return {
    CheckpointDurableExecution: {
      permissions: needsExecution('CheckpointDurableExecution'),
      handle: ({ DurableExecutionArn = '', CheckpointToken = '', ClientToken, Updates = [] }) => {
        const answer = executions.checkpoint(DurableExecutionArn, {
          token: CheckpointToken,
          clientToken: ClientToken,
          updates: Updates,
        });
        return { CheckpointToken: answer.token, NewExecutionState: { Operations: [...answer.operations] } };
      },
    },
    GetDurableExecutionState: {
      permissions: needsExecution('GetDurableExecutionState'),
      handle: ({ DurableExecutionArn = '', CheckpointToken = '', Marker, MaxItems }) => {
        const operations = executions.replayable(DurableExecutionArn, CheckpointToken);
        const { page, next } = paginate(operations, Marker, MaxItems ?? MAX_ITEMS);
        return { Operations: page, ...next };
      },
    },
    GetDurableExecution: {
      permissions: needsExecution('GetDurableExecution'),
      handle: ({ DurableExecutionArn = '' }) => describe(executions.get(DurableExecutionArn)),
    },
    GetDurableExecutionHistory: {
      permissions: needsExecution('GetDurableExecutionHistory'),
      handle: ({ DurableExecutionArn = '', ReverseOrder, Marker, MaxItems }) => {
        const { history } = executions.get(DurableExecutionArn).state;
        const { page, next } = paginate(ReverseOrder === true ? history.toReversed() : history, Marker, MaxItems);
        return { Events: page, ...next };
      },
    },
    StopDurableExecution: {
      permissions: needsExecution('StopDurableExecution'),
      handle: ({ DurableExecutionArn = '', Error: error }) => {
        const { state } = executions.stop(DurableExecutionArn, error);
        return { StopTimestamp: new Date(state.endMillis ?? state.startMillis) };
      },
    },
    ListDurableExecutionsByFunction: {
      permissions: ({ FunctionName = '', Qualifier }, context) => [
        {
          action: 'lambda:ListDurableExecutionsByFunction',
          resource: toFunctionArn(context.world.partition, parseFunctionName(FunctionName, Qualifier, context)),
        },
      ],
      handle: (input, context) => list(executions, input, context),
    },
  };
}

/**
 * Most durable actions are authorized against the durable execution's ARN, which an unqualified function ARN in a
 * policy never matches. https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
function needsExecution(action: string) {
  return ({ DurableExecutionArn = '' }: { readonly DurableExecutionArn: string | undefined }): RequiredPermission[] => {
    if (!parseDurableExecutionArn(DurableExecutionArn)) {
      throw new AwsError('InvalidParameterValueException', `"${DurableExecutionArn}" is no durable execution's ARN.`);
    }
    return [{ action: `lambda:${action}`, resource: DurableExecutionArn }];
  };
}

function list(
  executions: DurableExecutions,
  input: ListDurableExecutionsByFunctionRequest,
  context: CallContext,
): ListDurableExecutionsByFunctionResponse {
  const { FunctionName = '', Qualifier, DurableExecutionName, Statuses = [], StartedAfter, StartedBefore } = input;
  const { account, region, name, qualifier } = parseFunctionName(FunctionName, Qualifier, context);
  const found = executions
    .all()
    .filter(({ target: { version } }) => {
      const { config } = version;
      return config.account === account && config.region === region && config.name === name;
    })
    .filter(({ target }) => qualifier === undefined || [target.version.version, target.qualifier].includes(qualifier))
    .filter((execution) => DurableExecutionName === undefined || execution.name === DurableExecutionName)
    .filter(({ state }) => Statuses.length === 0 || Statuses.includes(state.status))
    .filter(({ state }) => state.startMillis >= (StartedAfter?.getTime() ?? -Infinity))
    .filter(({ state }) => state.startMillis <= (StartedBefore?.getTime() ?? Infinity));
  const { page, next } = paginate(
    input.ReverseOrder === true ? found.toReversed() : found,
    input.Marker,
    input.MaxItems,
  );
  return { DurableExecutions: page.map(summarize), ...next };
}

function summarize({ arn, name, target, state }: DurableExecution) {
  return {
    DurableExecutionArn: arn,
    DurableExecutionName: name,
    FunctionArn: target.version.qualifiedArn,
    Status: state.status,
    StartTimestamp: new Date(state.startMillis),
    ...(state.endMillis === undefined ? {} : { EndTimestamp: new Date(state.endMillis) }),
  };
}

function describe(execution: DurableExecution): GetDurableExecutionResponse {
  const { target, payload, state } = execution;
  const { durable } = target.version.config;
  return {
    ...summarize(execution),
    InputPayload: payload,
    Version: target.version.version,
    ExecutionDataIncluded: true,
    ...(state.result === undefined ? {} : { Result: state.result }),
    ...(state.error === undefined ? {} : { Error: state.error }),
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

function paginate<Item>(
  items: readonly Item[],
  marker: string | undefined,
  asked = DEFAULT_ITEMS,
): { readonly page: Item[]; readonly next: { readonly NextMarker?: string } } {
  const from = Number(marker ?? 0);
  if (!Number.isInteger(from) || from < 0) {
    throw new AwsError('InvalidParameterValueException', `Marker "${marker ?? ''}" is none that was answered.`);
  }
  const to = from + Math.min(asked === 0 ? DEFAULT_ITEMS : asked, MAX_ITEMS);
  return { page: items.slice(from, to), next: to < items.length ? { NextMarker: String(to) } : {} };
}
