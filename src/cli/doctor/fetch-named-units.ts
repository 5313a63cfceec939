import * as z from 'zod';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { NamedUnit } from '../../core/configuration/named-units';
import { failure, success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { CouldNotTellError, InputError } from '../cli-error';
import { askCommands } from '../operator/ask-commands';

const answer = z.object({ units: z.array(z.object({ id: z.string(), where: z.array(z.string()) })).optional() });

/** Asks the deployment which units its configuration names; undefined where it is too old to say. */
export async function fetchNamedUnits(operator: OperatorAdapters): PortResult<readonly NamedUnit[] | undefined> {
  try {
    return success((await askCommands({ command: 'policy' }, answer, operator)).units);
  } catch (error) {
    if (!(error instanceof CouldNotTellError || error instanceof InputError)) throw error;
    return failure({ code: 'unknown', retryable: false, cause: error.message });
  }
}
