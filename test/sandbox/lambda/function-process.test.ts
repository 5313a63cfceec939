import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { FunctionProcess, type FunctionError } from '../../../sandbox/lambda/process/function-process';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'process-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Writes the files, the function's own below `asset/`, and loads the handler. */
async function load(
  files: Readonly<Record<string, string>>,
  handler = 'index.handler',
): Promise<FunctionError | undefined> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const codeDirectory = join(directory, 'asset');
  const loaded = new FunctionProcess({
    codeDirectory,
    environment: { LAMBDA_TASK_ROOT: codeDirectory, _HANDLER: handler },
    clock: { now: () => Date.now(), paceUnderWay: 1 },
    onLine: () => undefined,
  });
  const error = await loaded.init();
  loaded.kill();
  return error;
}

const handler = 'exports.handler = async () => 1;';

const good: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly handler?: string;
}[] = [
  { name: 'a handler', files: { 'asset/index.js': handler } },
  {
    name: 'a handler deep inside',
    files: { 'asset/src/a.js': 'exports.on = { event: () => 1 };' },
    handler: 'src/a.on.event',
  },
  { name: 'an ES module', files: { 'asset/index.mjs': 'export const handler = async () => 1;' } },
  {
    name: 'a package that the function brings',
    files: { 'asset/index.js': `require('own'); ${handler}`, 'asset/node_modules/own/index.js': '' },
  },
  {
    name: "the AWS SDK, which is the runtime's",
    files: { 'asset/index.js': `require('@aws-sdk/client-sts'); ${handler}` },
  },
];

test.each(good)('$name is loaded', async ({ files, handler: name }) => {
  expect(await load(files, name)).toBeUndefined();
});

const bad: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly handler?: string;
  readonly error: FunctionError;
}[] = [
  {
    name: 'a package that only lies above the asset',
    files: { 'asset/index.js': `require('borrowed'); ${handler}`, 'node_modules/borrowed/index.js': '' },
    error: { errorType: 'Runtime.ImportModuleError', errorMessage: "Cannot find module 'borrowed'" },
  },
  {
    name: 'a handler that is not exported',
    files: { 'asset/index.js': '' },
    error: { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
  },
  {
    name: 'a module that throws',
    files: { 'asset/index.js': 'throw new RangeError("at start");' },
    error: { errorType: 'RangeError', errorMessage: 'at start' },
  },
  {
    name: 'a module that ends the process',
    files: { 'asset/index.js': 'process.exit(3);' },
    error: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: init Error: Runtime exited with error: exit status 3',
    },
  },
];

test('a linked asset borrows nothing either from what lies above it', async () => {
  mkdirSync(join(directory, 'real'));
  symlinkSync(join(directory, 'real'), join(directory, 'asset'));
  const files = { 'real/index.js': `require('borrowed'); ${handler}`, 'node_modules/borrowed/index.js': '' };
  expect(await load(files)).toMatchObject({ errorMessage: "Cannot find module 'borrowed'" });
});

test.each(bad)('$name is an error of the initialization', async ({ files, handler: name, error }) => {
  expect(await load(files, name)).toMatchObject(error);
});
