import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { EndExceptionInput } from './command-input';

/** Has an exception ended before its time. */
export async function askToEndException(
  { askId, exceptionId }: EndExceptionInput,
  caller: Caller,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const all = await ports.ledger.fetchExceptions();
  if (!all.ok) return { kind: 'failed', reason: all.error.cause };
  const exception = all.value.find((each) => each.exceptionId === exceptionId);
  if (exception === undefined) return { kind: 'refused', reason: `the ledger holds no exception ${exceptionId}` };
  const { ended, target } = exception;
  if (ended !== undefined) {
    return { kind: 'refused', reason: `exception ${exceptionId} has ended already, on ${ended.at.slice(0, 10)}` };
  }
  const asked = await ask(
    target,
    {
      id: `cli-${askId}`,
      action: 'end-exception',
      trigger: 'custom-action',
      decidedBy: `portcullis exceptions end by ${caller.arn}`,
      findings: [],
      exceptionId,
      how: 'by-hand',
    },
    ports,
  );
  return { kind: 'done', body: { requests: [asked] } };
}
