import * as z from 'zod';
import { visibleJson } from '../../core/visible-json';
import { askCommands } from '../operator/ask-commands';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { parseTarget } from '../operator/parse-target';

export interface RunWithdrawOptions extends OperatorOptions {
  readonly target: string;
  readonly json?: true;
}

const withdrawnSchema = z.object({ status: z.enum(['withdrawn', 'begun', 'answered']) });

/**
 * Takes a request back that nobody has begun with.
 *
 * @throws InputError for what is no request; Error when it has begun, or is over
 */
export async function runWithdraw(requestId: string, options: RunWithdrawOptions): Promise<void> {
  const target = parseTarget(options.target);
  const operator = await createOperator(options);
  const { status } = await askCommands({ command: 'withdraw', target, requestId }, withdrawnSchema, operator);
  switch (status) {
    case 'withdrawn':
      process.stdout.write(
        options.json
          ? `${visibleJson({ requestId, target, status })}\n`
          : `${requestId} was withdrawn: nothing will be done.\n`,
      );
      return;
    case 'begun':
      throw new Error(
        `${requestId} has begun and goes on; see portcullis follow ${requestId} --target ${options.target}`,
      );
    case 'answered':
      throw new Error(`${requestId} is over; see portcullis follow ${requestId} --target ${options.target}`);
  }
}
