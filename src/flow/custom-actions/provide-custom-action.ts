import {
  customActionArn,
  isMadeBy,
  markedFor,
  type AskingStack,
  type RequestedCustomAction,
} from '../../core/custom-actions/custom-action';
import type { CustomActionRequest } from '../../core/custom-actions/custom-resource-event';
import type { Answer } from '../../core/custom-actions/render-answer';
import { failure, success, type Result } from '../../core/result';
import type { CustomActions, Log, PortResult, PortFailure } from '../ports';

export interface CustomActionPorts {
  readonly actions: CustomActions;
  /** Waits, in seconds of real time. */
  readonly pause: (seconds: number) => Promise<void>;
  readonly log: Log;
}

/**
 * Pauses before a call is made again that was denied or throttled: 37 s in all. A role that the same deployment has
 * just made is not known everywhere at once: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
 */
const PAUSE_SECONDS = [2, 5, 10, 20] as const;

/**
 * Does for one custom action what CloudFormation asks. May be asked the same again, and after an answer was lost on the
 * way: nothing is made twice, and only what this stack has made is removed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes.html
 */
export async function provideCustomAction(request: CustomActionRequest, ports: CustomActionPorts): Promise<Answer> {
  const { type, stack, action, physicalResourceId } = request;
  const arn = customActionArn(stack, action.id);
  switch (type) {
    case 'Create':
      // Also a failure names the action: should it have been made all the same, the Delete of the rollback removes it.
      return toAnswer(await make(stack, action, ports), arn, arn);
    case 'Update':
      return toAnswer(await change(request, arn, ports), arn, physicalResourceId ?? arn);
    case 'Delete': {
      // Where a Create was never answered, CloudFormation has made up an id of its own.
      const made = isCustomActionArn(physicalResourceId) ? physicalResourceId : arn;
      const kept = physicalResourceId ?? arn;
      return toAnswer(await remove(stack, made, ports), kept, kept);
    }
  }
}

/**
 * Under another id it becomes another action; the one before goes when CloudFormation asks for that, once all is well.
 */
async function change(request: CustomActionRequest, arn: string, ports: CustomActionPorts): PortResult<void> {
  const { stack, action, before, physicalResourceId } = request;
  if (physicalResourceId !== arn) return make(stack, action, ports);
  const updated = await persistently(ports, () => ports.actions.update(arn, markedFor(stack, action)));
  const changed = !updated.ok && updated.error.code === 'not-found' ? await make(stack, action, ports) : updated;
  if (!changed.ok || before === undefined || before.id === action.id) return changed;
  // The rollback of a replacement that failed: CloudFormation never heard of what may have been made for it.
  return remove(stack, customActionArn(stack, before.id), ports);
}

async function make(stack: AskingStack, action: RequestedCustomAction, ports: CustomActionPorts): PortResult<void> {
  const { actions } = ports;
  const marked = markedFor(stack, action);
  const created = await persistently(ports, () => actions.create({ id: action.id, ...marked }));
  if (created.ok || created.error.code !== 'conflict') return created;
  // Taken: by ourselves, if the answer to an earlier attempt was lost, or by somebody else.
  const arn = customActionArn(stack, action.id);
  const found = await persistently(ports, () => actions.find(arn));
  if (!found.ok) return found;
  if (found.value === undefined) return created;
  if (!isMadeBy(stack, found.value)) return failure(takenBySomebodyElse(arn));
  return persistently(ports, () => actions.update(arn, marked));
}

/** What was not made by this stack, or is not there any more, is left as it is: the stack is rid of it either way. */
async function remove(stack: AskingStack, arn: string, ports: CustomActionPorts): PortResult<void> {
  const found = await persistently(ports, () => ports.actions.find(arn));
  if (!found.ok) return found;
  if (found.value === undefined) return success(undefined);
  if (!isMadeBy(stack, found.value)) {
    ports.log.warn('A custom action stays: it was not made by this stack', { arn, stack: stack.name });
    return success(undefined);
  }
  const deleted = await persistently(ports, () => ports.actions.delete(arn));
  return !deleted.ok && deleted.error.code === 'not-found' ? success(undefined) : deleted;
}

async function persistently<Value>(
  { pause }: CustomActionPorts,
  call: () => PortResult<Value>,
): Promise<Result<Value, PortFailure>> {
  let result = await call();
  for (const seconds of PAUSE_SECONDS) {
    if (result.ok || !(result.error.retryable || result.error.code === 'access-denied')) break;
    await pause(seconds);
    result = await call();
  }
  return result;
}

function toAnswer(result: Result<void, PortFailure>, made: string, otherwise: string): Answer {
  if (result.ok) return { status: 'SUCCESS', physicalResourceId: made };
  return { status: 'FAILED', physicalResourceId: otherwise, reason: result.error.cause };
}

function takenBySomebodyElse(arn: string): PortFailure {
  const cause =
    `Custom action ${arn} exists already and was not made by this stack. Remove it ` +
    `(aws securityhub delete-action-target --action-target-arn ${arn}), or choose another prefix in portcullis.yaml`;
  return { code: 'conflict', retryable: false, cause };
}

function isCustomActionArn(text: string | undefined): text is string {
  return text !== undefined && /^arn:[^:]+:securityhub:[^:]+:\d{12}:action\/custom\/[^/]+$/.test(text);
}
