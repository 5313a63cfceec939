import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FunctionProcess } from '../../../sandbox/lambda/process/function-process';
import { spareProcesses } from '../../../sandbox/lambda/process/spare-processes';

/** Shows its process, how often this copy of the module was asked, and what its environment says. */
const TELLS = `
let asked = 0;
console.log('loaded');
exports.handler = async () => ({ pid: process.pid, asked: ++asked, name: process.env.NAME, gone: process.env.GONE });
`;
const IMPORTED = TELLS.replace('exports.handler =', 'export const handler =');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'spare-'));
  spareProcesses.keep(2);
});
afterEach(() => {
  // Files that deploy say what they keep when they are loaded.
  spareProcesses.keep(0);
  rmSync(directory, { recursive: true });
});

async function start(
  variables: Readonly<Record<string, string>>,
  { file = 'index.js', code = TELLS, lines = [] as string[] } = {},
): Promise<FunctionProcess> {
  writeFileSync(join(directory, file), code);
  const started = new FunctionProcess({
    codeDirectory: directory,
    environment: { LAMBDA_TASK_ROOT: directory, _HANDLER: 'index.handler', ...variables },
    clock: { now: () => Date.now(), paceUnderWay: 1 },
    onLine: (_stream, line) => lines.push(line),
  });
  expect(await started.init()).toBeUndefined();
  return started;
}

async function ask(started: FunctionProcess): Promise<unknown> {
  const requestId = 'one';
  const outcome = await started.invoke({ requestId, invokedFunctionArn: '', timeoutMillis: 60_000, payload: '{}' });
  return outcome.kind === 'returned' ? JSON.parse(outcome.payload) : outcome;
}

test('a retired process runs the next function: its module, its environment and its output are new', async () => {
  const first = await start({ NAME: 'first', GONE: 'not yet' });
  const notified = await ask(first);
  await ask(first);
  first.retire();
  const lines: string[] = [];
  const second = await start({ NAME: 'second' }, { lines });
  const { pid } = notified as { readonly pid: number };
  expect(notified).toEqual({ pid, asked: 1, name: 'first', gone: 'not yet' });
  expect(await ask(second)).toEqual({ pid, asked: 1, name: 'second' });
  expect(lines).toEqual(['loaded']);
  expect(first.alive).toBe(false);
  second.kill();
});

const ended: readonly {
  readonly name: string;
  readonly end: (started: FunctionProcess) => void;
  readonly file?: string;
  readonly code?: string;
}[] = [
  {
    name: 'whose function was imported, which Node never forgets',
    end: (started) => started.retire(),
    file: 'index.mjs',
    code: IMPORTED,
  },
  { name: 'that was killed', end: (started) => started.kill() },
  {
    name: 'while nobody keeps any',
    end: (started) => {
      spareProcesses.keep(0);
      started.retire();
      spareProcesses.keep(2);
    },
  },
  {
    name: 'that was started with other options of Node',
    end: (started) => started.retire(),
  },
];

test.each(ended)('a process is not used again $name', async ({ name, end, ...code }) => {
  const first = await start({}, code);
  const notified = (await ask(first)) as { readonly pid: number };
  end(first);
  const options: Record<string, string> = name.includes('options') ? { NODE_OPTIONS: '--no-deprecation' } : {};
  const second = await start(options, code);
  expect(((await ask(second)) as { readonly pid: number }).pid).not.toBe(notified.pid);
  second.kill();
});

test('a process that works is ended when it is retired', async () => {
  const busy = await start({}, { code: 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));' });
  const outcome = ask(busy);
  busy.retire();
  expect(await outcome).toMatchObject({ kind: 'failed', error: { errorType: 'Runtime.ExitError' } });
});
