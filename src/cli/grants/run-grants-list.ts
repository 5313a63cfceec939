import { renderMoment } from '../../core/exceptions/describe-exception';
import { toListedGrant, type ListedGrant } from '../../core/grants/to-listed-grant';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { printable } from '../terminal';

export interface ListGrantsOptions extends OperatorOptions {
  readonly all?: true;
  readonly json?: true;
}

/** @throws CouldNotTellError when the ledger cannot be read */
export async function runGrantsList(options: ListGrantsOptions): Promise<void> {
  const operator = await createOperator(options);
  const grants = await orCouldNotTell(operator.ledger.fetchGrants(), operator.region);
  const now = new Date();
  const listed = grants
    .map((each) => toListedGrant(each, now))
    .filter(({ state }) => options.all === true || state !== 'ended')
    .sort((a, b) => a.until.localeCompare(b.until));
  if (options.json) process.stdout.write(listed.map((each) => `${JSON.stringify(each)}\n`).join(''));
  else process.stdout.write(listed.length === 0 ? 'Nothing is granted.\n' : listed.map(render).join(''));
}

function render({ grantId, target, port, source, reason, by, until, state }: ListedGrant): string {
  const place = `${target.account}/${target.region}/${target.id}`;
  const what = `tcp ${String(port)} from ${source}`;
  const lines = [`${grantId} ${state} until ${renderMoment(until)}: ${place}, ${what}`, `  by ${by}: ${reason}`];
  return `${lines.map(printable).join('\n')}\n`;
}
