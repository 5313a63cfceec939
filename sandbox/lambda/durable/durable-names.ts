import { parseArn } from '../../runtime/arn';

/** The parts of `arn:P:lambda:R:A:function:NAME:VERSION/durable-execution/NAME/ID`. */
export interface DurableExecutionName {
  readonly functionArn: string;
  readonly account: string;
  readonly region: string;
}

/**
 * The ARN of an execution, by which the actions on it are permitted.
 * @param qualifiedFunctionArn with its version: an execution stays with the version that it began with
 * @param id the service's own, beside the name that the caller chose
 */
export function toDurableExecutionArn(qualifiedFunctionArn: string, name: string, id: string): string {
  return `${qualifiedFunctionArn}/durable-execution/${name}/${id}`;
}

/** Undefined when the text is no ARN of a durable execution. */
export function parseDurableExecutionArn(text: string): DurableExecutionName | undefined {
  const [functionArn, ...rest] = text.split('/durable-execution/');
  const arn = parseArn(functionArn ?? '');
  if (!arn || !functionArn || rest.length !== 1) return undefined;
  return { functionArn, account: arn.account, region: arn.region };
}

/** Callback ids are opaque to callers (the pattern of the API is that of Base64); ours carry what they stand for. */
export function toCallbackId(executionArn: string, operationId: string): string {
  return Buffer.from(JSON.stringify([executionArn, operationId])).toString('base64');
}

/** What {@link toCallbackId} put in; undefined for everything that did not come from there. */
export function parseCallbackId(
  callbackId: string,
): { readonly executionArn: string; readonly operationId: string } | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(callbackId, 'base64').toString());
    if (!Array.isArray(parsed)) return undefined;
    const [executionArn, operationId] = parsed as readonly unknown[];
    return typeof executionArn === 'string' && typeof operationId === 'string'
      ? { executionArn, operationId }
      : undefined;
  } catch {
    return undefined;
  }
}
