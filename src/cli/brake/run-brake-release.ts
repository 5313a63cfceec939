import { InputError } from '../cli-error';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { renderHold } from './run-brake-status';

export interface ReleaseOptions extends OperatorOptions {
  readonly account: string;
  readonly json?: true;
}

/** @throws InputError for what is no account, or none that is held; CouldNotTellError when the ledger cannot be changed */
export async function runBrakeRelease({ account, json, ...options }: ReleaseOptions): Promise<void> {
  if (!/^\d{12}$/.test(account)) throw new InputError(`--account ${account}: must be an account id of 12 digits`);
  const operator = await createOperator(options);
  const released = await orCouldNotTell(operator.brake.release(account), operator.region);
  if (released === undefined) throw new InputError(`account ${account} is not held; see portcullis brake status`);
  process.stdout.write(json ? `${JSON.stringify(released)}\n` : `Released. ${renderHold(released)}`);
}
