import { randomUUID } from 'node:crypto';
import type { Context } from '../../core/context/context';
import { listContext } from '../../core/context/describe-context';
import { CouldNotTellError, InputError } from '../cli-error';
import { askForRequests } from '../operator/ask-commands';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { parseTarget } from '../operator/parse-target';
import { waitForRemediation } from '../operator/wait-for-remediation';
import { printable, printableTexts } from '../terminal';

export interface RunContextOptions extends OperatorOptions {
  readonly target?: string;
  readonly json?: true;
}

/**
 * Has the deployment look up what is known about a target, and prints it, fact by fact.
 *
 * @throws InputError for neither or both of finding and target, and for what does not exist; CouldNotTellError when it
 * could not be read; Error when there is nothing that it could be asked about
 */
export async function runContext(findingId: string | undefined, options: RunContextOptions): Promise<void> {
  if ((findingId === undefined) === (options.target === undefined)) {
    throw new InputError('name either a finding or --target ACCOUNT/REGION/ID');
  }
  const what = options.target === undefined ? { findingId } : { target: parseTarget(options.target) };
  const operator = await createOperator(options);
  const [asked] = await askForRequests({ command: 'context', askId: randomUUID(), ...what }, operator);
  if (asked?.status !== 'asked') throw new CouldNotTellError(asked?.reason ?? 'nothing was asked');
  const ending = await waitForRemediation(asked, operator);
  const context = 'context' in ending ? ending.context : undefined;
  const { target, outcome, reason = '' } = ending;
  if (context !== undefined) {
    process.stdout.write(options.json ? `${JSON.stringify(context)}\n` : render(target.id, context));
    return;
  }
  const text = `${target.id}: ${reason}`;
  if (outcome === 'could-not-tell') throw new CouldNotTellError(text);
  if (outcome === 'not-needed') throw new InputError(text);
  throw new Error(text);
}

function render(id: string, context: Context): string {
  const lines = listContext(printableTexts(context)).map((line) => `  ${line}`);
  return `${[printable(id), ...lines].join('\n')}\n`;
}
