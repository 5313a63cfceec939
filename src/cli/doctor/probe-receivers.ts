import * as z from 'zod';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { failure, success } from '../../core/result';
import type { ProbedReceiver, PortResult } from '../../flow/ports';
import { CouldNotTellError, InputError } from '../cli-error';
import { askCommands } from '../operator/ask-commands';

const ANSWERS = ['taken', 'throttled', 'unavailable', 'not-understood', 'unauthorized', 'refused'] as const;

const answer = z.object({
  receivers: z.array(
    z.object({ channel: z.string(), secretName: z.string(), answer: z.enum(ANSWERS), found: z.string() }),
  ),
});

/** Has the deployment probe the receivers of channels, whose secrets it alone reads. */
export async function probeReceivers(operator: OperatorAdapters): PortResult<readonly ProbedReceiver[]> {
  try {
    return success((await askCommands({ command: 'look-at-channels' }, answer, operator)).receivers);
  } catch (error) {
    if (!(error instanceof CouldNotTellError || error instanceof InputError)) throw error;
    return failure({ code: 'unknown', retryable: false, cause: error.message });
  }
}
