import { renderMoment, renderOpenings } from '../../core/exceptions/describe-exception';
import { toListed, type ListedException } from '../../core/exceptions/to-listed';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { printable } from '../terminal';

export interface ListOptions extends OperatorOptions {
  readonly all?: true;
  readonly json?: true;
}

/** @throws CouldNotTellError when the ledger cannot be read */
export async function runExceptionsList(options: ListOptions): Promise<void> {
  const operator = await createOperator(options);
  const exceptions = await orCouldNotTell(operator.ledger.fetchExceptions(), operator.region);
  const now = new Date();
  const listed = exceptions
    .map((each) => toListed(each, now))
    .filter(({ state }) => options.all === true || state !== 'ended')
    .sort((a, b) => a.until.localeCompare(b.until));
  if (options.json) process.stdout.write(listed.map((each) => `${JSON.stringify(each)}\n`).join(''));
  else process.stdout.write(listed.length === 0 ? 'Nothing is excepted.\n' : listed.map(render).join(''));
}

function render({ exceptionId, target, control, covers, reason, by, until, state }: ListedException): string {
  const place = `${target.account}/${target.region}/${target.id}`;
  const what = `${control}: ${renderOpenings(covers)}`;
  const lines = [`${exceptionId} ${state} until ${renderMoment(until)}: ${place}, ${what}`, `  by ${by}: ${reason}`];
  return `${lines.map(printable).join('\n')}\n`;
}
