import type { Event, Operation, OperationUpdate } from '@aws-sdk/client-lambda';

/** What the history says of an update, by the names of the API's `Event` shape. */
export function eventDetails(operation: Operation, update: OperationUpdate): Partial<Event> {
  const { Type, Action, Payload, Error: error } = update;
  const Result = { ...(Payload === undefined ? {} : { Payload }), Truncated: false };
  const Failure = { ...(error ? { Payload: error } : {}), Truncated: false };
  const RetryDetails = {
    CurrentAttempt: operation.StepDetails?.Attempt ?? 1,
    ...(update.StepOptions?.NextAttemptDelaySeconds === undefined
      ? {}
      : { NextAttemptDelaySeconds: update.StepOptions.NextAttemptDelaySeconds }),
  };
  switch (`${Type ?? ''} ${Action ?? ''}`) {
    case 'STEP START':
      return { StepStartedDetails: {} };
    case 'STEP SUCCEED':
      return { StepSucceededDetails: { Result, RetryDetails } };
    case 'STEP FAIL':
      return { StepFailedDetails: { Error: Failure, RetryDetails } };
    // A condition that does not hold yet is read again without anything having failed.
    case 'STEP RETRY':
      return error
        ? { StepFailedDetails: { Error: Failure, RetryDetails } }
        : { StepSucceededDetails: { Result, RetryDetails } };
    case 'CONTEXT START':
      return { ContextStartedDetails: {} };
    case 'CONTEXT SUCCEED':
      return { ContextSucceededDetails: { Result } };
    case 'CONTEXT FAIL':
      return { ContextFailedDetails: { Error: Failure } };
    case 'WAIT START':
      return {
        WaitStartedDetails: {
          Duration: update.WaitOptions?.WaitSeconds,
          ScheduledEndTimestamp: operation.WaitDetails?.ScheduledEndTimestamp,
        },
      };
    case 'WAIT CANCEL':
      return { WaitCancelledDetails: {} };
    case 'CALLBACK START':
      return {
        CallbackStartedDetails: {
          CallbackId: operation.CallbackDetails?.CallbackId,
          Timeout: update.CallbackOptions?.TimeoutSeconds,
          HeartbeatTimeout: update.CallbackOptions?.HeartbeatTimeoutSeconds,
        },
      };
    case 'CHAINED_INVOKE START':
      return {
        ChainedInvokeStartedDetails: {
          FunctionName: update.ChainedInvokeOptions?.FunctionName,
          Input: { ...(Payload === undefined ? {} : { Payload }), Truncated: false },
        },
      };
    default:
      return {};
  }
}
