import type {
  ErrorObject,
  SendDurableExecutionCallbackFailureRequest,
  SendDurableExecutionCallbackHeartbeatRequest,
  SendDurableExecutionCallbackSuccessRequest,
} from '@aws-sdk/client-lambda';

import { AwsError } from '../../runtime/aws-error';
import type { Operation, RequiredPermission } from '../../runtime/operation';
import type { DurableExecutions } from './durable-executions';
import { parseCallbackId } from './durable-names';
import { DURABLE_LIMITS } from './durable-state';

type Empty = Record<string, never>;

export interface CallbackOperations {
  readonly SendDurableExecutionCallbackSuccess: Operation<SendDurableExecutionCallbackSuccessRequest, Empty>;
  readonly SendDurableExecutionCallbackFailure: Operation<SendDurableExecutionCallbackFailureRequest, Empty>;
  readonly SendDurableExecutionCallbackHeartbeat: Operation<SendDurableExecutionCallbackHeartbeatRequest, Empty>;
}

/**
 * Answers to callbacks from outside, and their heartbeats. Permitted by the ARN of the execution that waits.
 * They throw CallbackTimeoutException for one that is over, and InvalidParameterValueException for an id that is none
 * and for what is larger than 256 KB.
 * https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html
 */
export function createCallbackOperations(executions: DurableExecutions): CallbackOperations {
  return {
    SendDurableExecutionCallbackSuccess: {
      permissions: needsCallback('SendDurableExecutionCallbackSuccess'),
      handle: ({ CallbackId = '', Result }) => {
        const result = Result === undefined ? undefined : Buffer.from(Result).toString('utf8');
        checkSize('Result', result);
        executions.completeCallback(CallbackId, { kind: 'succeeded', result });
        return {};
      },
    },
    SendDurableExecutionCallbackFailure: {
      permissions: needsCallback('SendDurableExecutionCallbackFailure'),
      handle: ({ CallbackId = '', Error: error }) => {
        const failure: ErrorObject = error ?? { ErrorMessage: 'Callback failed' };
        checkSize('Error', JSON.stringify(failure));
        executions.completeCallback(CallbackId, { kind: 'failed', error: failure });
        return {};
      },
    },
    SendDurableExecutionCallbackHeartbeat: {
      permissions: needsCallback('SendDurableExecutionCallbackHeartbeat'),
      handle: ({ CallbackId = '' }) => {
        executions.heartbeat(CallbackId);
        return {};
      },
    },
  };
}

/** Authorized against the ARN of the durable execution that created the callback. */
function needsCallback(action: string) {
  return ({ CallbackId = '' }: { readonly CallbackId: string | undefined }): RequiredPermission[] => {
    const parsed = parseCallbackId(CallbackId);
    if (!parsed) throw new AwsError('InvalidParameterValueException', `"${CallbackId}" is no callback id.`);
    return [{ action: `lambda:${action}`, resource: parsed.executionArn }];
  };
}

function checkSize(field: string, text = ''): void {
  if (Buffer.byteLength(text) <= DURABLE_LIMITS.payloadBytes) return;
  throw new AwsError('InvalidParameterValueException', `${field} is larger than ${DURABLE_LIMITS.payloadBytes} bytes.`);
}
