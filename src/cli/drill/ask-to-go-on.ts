import { createInterface } from 'node:readline/promises';
import { InputError } from '../cli-error';

/**
 * Says what is to be done, and asks whether to.
 *
 * @throws InputError where nobody is there to ask, or somebody says no
 */
export async function askToGoOn(what: string, isAnswered: boolean): Promise<void> {
  if (isAnswered) return;
  if (!process.stdin.isTTY) throw new InputError(`${what} Nobody is there to ask: say --yes to go on`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${what}\nGo on? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new InputError('nothing was done');
  } finally {
    terminal.close();
  }
}
