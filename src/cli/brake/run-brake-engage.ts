import * as z from 'zod';
import { visibleJson } from '../../core/visible-json';
import { askCommands } from '../operator/ask-commands';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { renderHold } from './run-brake-status';

export interface EngageOptions extends OperatorOptions {
  readonly reason: string;
  readonly json?: true;
}

const engagedSchema = z.object({
  engaged: z.object({ account: z.string(), reason: z.string(), by: z.string(), since: z.string() }),
});

/** @throws InputError when it is engaged already; CouldNotTellError when it could not be */
export async function runBrakeEngage({ reason, json, ...options }: EngageOptions): Promise<void> {
  const operator = await createOperator(options);
  const { engaged } = await askCommands({ command: 'engage', reason }, engagedSchema, operator);
  process.stdout.write(json ? `${visibleJson(engaged)}\n` : `Engaged. ${renderHold(engaged)}`);
}
