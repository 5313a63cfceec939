import type { Event } from '@aws-sdk/client-lambda';

/** What AWS's test runner does otherwise, and why the sandbox stays with what it does; the comparison leaves it out. */
export const DIFFERENCES_FROM_AWS_TEST_RUNNER = [
  'The runner counts the attempt of a step one behind (`RetryDetails.CurrentAttempt` of the third is 2, that of the first ' +
    'is missing); the API’s reference says "the current attempt number".',
  'The runner leaves out `Truncated`, which the API’s reference has in every input, result and error.',
  'The runner, told to skip time, ends a wait before the invocation that began it and before what goes on beside it, and ' +
    'never ends a callback that nobody answers; in the sandbox both end when its clock passes their time.',
] as const;

/** Ids, times and stacks differ by nature, the others as is said above. */
const LEFT_OUT = new Set(['CallbackId', 'CurrentAttempt', 'ExecutionTimeout', 'StackTrace', 'Truncated']);

/**
 * A history in lines that can be compared: type, subtype, name, id and parent of each event, and its details; ends of
 * invocations are left out.
 */
export function historyLines(events: readonly Event[]): readonly string[] {
  return events.filter(({ EventType }) => EventType !== 'InvocationCompleted').map(toLine);
}

function toLine({ EventType, SubType = '', Name = '', Id = '', ParentId = '', ...rest }: Event): string {
  const details = Object.entries(rest).find(([member]) => member.endsWith('Details'))?.[1];
  const type = String(EventType);
  const operation = type.startsWith('Execution') ? '' : `${Id} in ${ParentId}`;
  return [type, SubType, Name, operation, JSON.stringify(withoutLeftOut(details))].join(' ');
}

/** By name of member, without what is left out or says nothing. */
function withoutLeftOut(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value)
    .filter(([member]) => !LEFT_OUT.has(member) && !member.endsWith('Timestamp'))
    .map(([member, of]) => [member, withoutLeftOut(of)] as const)
    .filter(([, of]) => of !== undefined)
    .sort(([one], [other]) => one.localeCompare(other));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
