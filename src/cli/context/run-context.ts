import type { Context } from '../../core/context/context';
import { listContext } from '../../core/context/describe-context';
import { visibleJson } from '../../core/visible-json';
import { CouldNotTellError, InputError } from '../cli-error';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { parseTarget } from '../operator/parse-target';
import { printable, printableTexts } from '../terminal';
import { askForContext } from './ask-for-context';
import { runContexts } from './run-contexts';
import { fitLines } from '../fit-lines';

export interface RunContextOptions extends OperatorOptions {
  readonly target?: string;
  readonly all?: true;
  readonly findings?: string;
  readonly json?: true;
}

/**
 * Has the deployment look up what is known about a target, and prints it, fact by fact; or about those of many
 * findings.
 *
 * @throws InputError unless one of finding, target and many is named, and for what does not exist; CouldNotTellError
 *   when it could not be read; Error when there is nothing that it could be asked about
 */
export async function runContext(findingId: string | undefined, options: RunContextOptions): Promise<void> {
  const { target: place, all, findings } = options;
  const named = [findingId, place, all, findings].filter((each) => each !== undefined);
  if (named.length !== 1) {
    throw new InputError('name either a finding or --target ACCOUNT/REGION/ID, or many with --all or --findings FILE');
  }
  if (all !== undefined || findings !== undefined) return runContexts(findings, options);
  const what = place === undefined ? { findingId: findingId ?? '' } : { target: parseTarget(place) };
  const asked = await askForContext(what, await createOperator(options));
  if ('context' in asked) {
    const { target, context } = asked;
    process.stdout.write(options.json ? `${visibleJson(context)}\n` : fitLines(render(target.id, context)));
    return;
  }
  const { target, outcome, reason } = asked;
  const text = `${target.id}: ${reason}`;
  if (outcome === 'could-not-tell') throw new CouldNotTellError(text);
  if (outcome === 'not-needed') throw new InputError(text);
  throw new Error(text);
}

function render(id: string, context: Context): string {
  const lines = listContext(printableTexts(context)).map((line) => `  ${line}`);
  return `${[printable(id), ...lines].join('\n')}\n`;
}
