import { EVERYTHING, type Hold } from '../../flow/ports';
import { visibleJson } from '../../core/visible-json';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { printable } from '../terminal';

export interface StatusOptions extends OperatorOptions {
  readonly json?: true;
}

/** @throws CouldNotTellError when the ledger cannot be read */
export async function runBrakeStatus(options: StatusOptions): Promise<void> {
  const operator = await createOperator(options);
  const holds = await orCouldNotTell(operator.brake.fetchHolds(), operator.region);
  if (options.json) process.stdout.write(holds.map((hold) => `${visibleJson(hold)}\n`).join(''));
  else
    process.stdout.write(
      holds.length === 0 ? 'The brake is not engaged, and no account is held.\n' : holds.map(renderHold).join(''),
    );
}

/** One hold in a line: what is held, why, by whom and since when. */
export function renderHold({ account, reason, remediationId, by, since }: Hold): string {
  const what = account === EVERYTHING ? 'everything' : account;
  return `${printable(`${what}: held since ${since} by ${remediationId ?? by ?? 'somebody'}. ${reason}`.trim())}\n`;
}
