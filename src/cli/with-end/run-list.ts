import { renderMoment } from '../../core/exceptions/describe-exception';
import { toTargetText } from '../../core/parse-target-text';
import type { Target } from '../../core/target';
import { visibleJson } from '../../core/visible-json';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { PortResult } from '../../flow/ports';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { printable } from '../terminal';
import { fitLines } from '../fit-lines';

export interface ListOptions extends OperatorOptions {
  readonly all?: true;
  readonly json?: true;
}

/** What is listed of something that ends: its JSON, and the words beside it for people. */
interface Listed {
  readonly target: Target;
  readonly reason: string;
  readonly by: string;
  readonly until: string;
  readonly state: string;
  readonly ended?: { readonly at: string; readonly how: string } | undefined;
}

interface Listing<Item, Line extends Listed> {
  readonly fetch: (ledger: OperatorAdapters['ledger']) => PortResult<readonly Item[]>;
  readonly toListed: (item: Item, now: Date) => Line;
  readonly idOf: (line: Line) => string;
  /** What may be open, and for what. */
  readonly describe: (line: Line) => string;
  /** A sentence for none. */
  readonly none: string;
  /** What stays so for good where Portcullis is removed meanwhile. */
  readonly stays: string;
}

/**
 * Prints what ends, the next to end first.
 *
 * @throws CouldNotTellError when the ledger cannot be read
 */
export async function runList<Item, Line extends Listed>(
  { fetch, toListed, idOf, describe, none, stays }: Listing<Item, Line>,
  options: ListOptions,
): Promise<void> {
  const operator = await createOperator(options);
  const items = await orCouldNotTell(fetch(operator.ledger), operator.region);
  const now = new Date();
  const listed = items
    .map((each) => toListed(each, now))
    .filter(({ state }) => options.all === true || state !== 'ended')
    .sort((a, b) => a.until.localeCompare(b.until));
  if (options.json) process.stdout.write(listed.map((each) => `${visibleJson(each)}\n`).join(''));
  else if (listed.length === 0) process.stdout.write(`${none}\n`);
  else process.stdout.write(fitLines(`${listed.map(render).join('')}${isAnyLeft(listed) ? `${stays}\n` : ''}`));

  function render(line: Line): string {
    const { target, reason, by, until, state, ended } = line;
    const what = `${toTargetText(target)}, ${describe(line)}`;
    const when =
      ended === undefined ? `${state} until ${renderMoment(until)}` : `ended ${renderMoment(ended.at)} (${ended.how})`;
    const lines = [`${idOf(line)} ${when}: ${what}`, `  by ${by}: ${reason}`];
    return `${lines.map(printable).join('\n')}\n`;
  }
}

function isAnyLeft(listed: readonly Listed[]): boolean {
  return listed.some(({ state }) => state !== 'ended');
}
