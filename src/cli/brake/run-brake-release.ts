import * as z from 'zod';
import { visibleJson } from '../../core/visible-json';
import { InputError } from '../cli-error';
import { askCommands } from '../operator/ask-commands';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { renderHold } from './run-brake-status';

export interface ReleaseOptions extends OperatorOptions {
  readonly account?: string;
  readonly json?: true;
}

const releasedSchema = z.object({
  released: z.object({
    account: z.string(),
    reason: z.string(),
    remediationId: z.string().exactOptional(),
    by: z.string().exactOptional(),
    since: z.string(),
  }),
});

/** @throws InputError for what is no account, or none that is held; CouldNotTellError when it could not be released */
export async function runBrakeRelease({ account, json, ...options }: ReleaseOptions): Promise<void> {
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    throw new InputError(`--account ${account}: must be an account id of 12 digits`);
  }
  const operator = await createOperator(options);
  const { released } = await askCommands(
    { command: 'release', ...(account === undefined ? {} : { account }) },
    releasedSchema,
    operator,
  );
  process.stdout.write(json ? `${visibleJson(released)}\n` : `Released. ${renderHold(released)}`);
}
