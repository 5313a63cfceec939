import type { Event, EventType, Operation, OperationType } from '@aws-sdk/client-lambda';

const PREFIXES: Readonly<Record<OperationType, string>> = {
  EXECUTION: 'Execution',
  CONTEXT: 'Context',
  STEP: 'Step',
  WAIT: 'Wait',
  CALLBACK: 'Callback',
  CHAINED_INVOKE: 'ChainedInvoke',
};

/** A history event of an operation's present status, such as `WaitStarted`. */
export function toHistoryEvent(
  operation: Operation,
  event: { readonly eventId: number; readonly nowMillis: number; readonly details: Partial<Event> },
): Event {
  const { Type, Id, Name, SubType, ParentId } = operation;
  return {
    EventType: `${Type ? PREFIXES[Type] : ''}${suffixOf(operation)}` as EventType,
    EventId: event.eventId,
    EventTimestamp: new Date(event.nowMillis),
    Id,
    ...(Name === undefined ? {} : { Name }),
    ...(SubType === undefined ? {} : { SubType }),
    ...(ParentId === undefined ? {} : { ParentId }),
    ...event.details,
  };
}

/** A step that waits for its next attempt shows how this one ended, with the attempt in its details. */
function suffixOf({ Status, StepDetails }: Operation): string {
  switch (Status) {
    case 'SUCCEEDED':
      return 'Succeeded';
    case 'FAILED':
      return 'Failed';
    case 'PENDING':
      return StepDetails?.Error ? 'Failed' : 'Succeeded';
    case 'TIMED_OUT':
      return 'TimedOut';
    case 'STOPPED':
      return 'Stopped';
    case 'CANCELLED':
      return 'Cancelled';
    case 'STARTED':
    case 'READY':
    case undefined:
      return 'Started';
  }
}
