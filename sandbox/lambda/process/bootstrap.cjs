'use strict';

/*
 * What runs in a function's process: loads the handler and answers one invocation at a time over the channel to the
 * sandbox. Plain CommonJS, because the process is bare `node`, as Lambda's is.
 *
 * in   {type: 'init', environment, time}; another one later has the process run another function
 *      {type: 'invoke', requestId, invokedFunctionArn, timeoutMillis, time, payload}
 *      time: {nowMillis, pace}: the sandbox's, and how fast it passes, of the machine's
 * out  {type: 'ready', cpuMillis, isReusable} or {type: 'init-failed', error}
 *      {type: 'returned', requestId, payload, cpuMillis} or {type: 'failed', requestId, error, cpuMillis}
 * A line `\0init` on stdout and stderr comes before all that a function prints.
 * Every answer to an invocation is preceded by a line `\0end <requestId>` on stdout and stderr: all that the handler
 * printed has been read when both have arrived.
 */

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

// Node knows modules by their real path, also where the asset is a link.
let root;
const maxResponseBytes = 6 * 1024 * 1024;

// Lambda's Node runtimes bring the AWS SDK; everything else a function must bring itself, so nothing is borrowed from
// node_modules directories that happen to lie above the asset.
const runtimePackages = /^@(aws-sdk|smithy|aws-crypto)\//;
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const asksFromAsset = isInside(root, parent?.filename);
  const isPackage = !request.startsWith('.') && !path.isAbsolute(request) && !Module.isBuiltin(request);
  if (!asksFromAsset || !isPackage) return resolveFilename.call(this, request, parent, ...rest);
  if (runtimePackages.test(request)) return resolveFilename.call(this, request, module, ...rest);
  const found = resolveFilename.call(this, request, parent, ...rest);
  if (isInside(root, found)) return found;
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
};

// `import()`, which bundlers leave as it is for packages that they do not bundle, has resolution hooks of its own.
const here = pathToFileURL(__filename).href;
let hasHooks = false;
function hookImports() {
  if (hasHooks || findsRuntimePackages()) return;
  hasHooks = true;
  if (Module.registerHooks) {
    Module.registerHooks({
      resolve: (specifier, context, next) =>
        next(specifier, runtimePackages.test(specifier) ? { ...context, parentURL: here } : context),
    });
  } else {
    Module.register('./runtime-packages.mjs', { parentURL: here, data: { runtimePackages, parentURL: here } });
  }
}

function findsRuntimePackages() {
  try {
    const parent = { id: root, filename: path.join(root, 'index.js'), paths: Module._nodeModulePaths(root) };
    return Boolean(resolveFilename.call(Module, '@aws-sdk/client-lambda', parent));
  } catch {
    return false;
  }
}

function isInside(directory, file) {
  return typeof file === 'string' && file.startsWith(path.resolve(directory) + path.sep);
}

// The sandbox's time: `Date` goes on from what the last message said, at the pace it said.
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
let time = { nowMillis: realNow(), pace: 1 };
let receivedAtMillis = realNow();
RealDate.now = () => Math.floor(time.nowMillis + (realNow() - receivedAtMillis) * time.pace);
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now()] : args, newTarget),
  apply: () => new RealDate(RealDate.now()).toString(),
});
RealDate.prototype.constructor = globalThis.Date;

// Functions have no way out: what they fetch from elsewhere goes to the sandbox's own outside world, which plays receivers
// and keeps what was sent to them. Whoever listens on this machine is reached: that is no outside.
const realFetch = globalThis.fetch;
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  if (loopback.has(new URL(request.url).hostname)) return realFetch(input, init);
  const headers = new Headers(request.headers);
  headers.set('x-sandbox-url', request.url);
  const { method, signal, redirect } = request;
  return realFetch(`${process.env.AWS_ENDPOINT_URL}/_outside`, { method, signal, redirect, headers, body: init?.body });
};

let handler;
let current;
let usedBefore = process.cpuUsage();

process.on('message', (message) => {
  time = message.time;
  receivedAtMillis = realNow();
  if (message.type === 'init') void init(message.environment);
  else void invoke(message);
});
process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', (error) => fail('Runtime.UncaughtException', error));
process.on('unhandledRejection', (error) => fail('Runtime.UnhandledPromiseRejection', error));

async function init(environment) {
  process.stdout.write('\0init\n');
  process.stderr.write('\0init\n');
  const before = root === undefined ? undefined : process.cpuUsage();
  forgetFunction();
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  root = fs.realpathSync(process.env.LAMBDA_TASK_ROOT);
  process.chdir(root);
  hookImports();
  try {
    handler = await loadHandler(process.env._HANDLER);
    process.send({ type: 'ready', cpuMillis: toMillis(process.cpuUsage(before)), isReusable });
  } catch (error) {
    process.send({ type: 'init-failed', error: toError(error, error.lambdaErrorType) });
  }
}

// Modules that were imported are never forgotten by Node.
let isReusable = true;

function forgetFunction() {
  if (root === undefined) return;
  for (const file of Object.keys(require.cache)) if (isInside(root, file)) delete require.cache[file];
}

async function loadHandler(name) {
  const [, file, exportPath] = /^(.*?)\.([^/]*)$/.exec(name) ?? [];
  if (file === undefined) throw withType('Runtime.MalformedHandlerName', new Error(`Bad handler: ${name}`));
  let found = await loadModule(path.resolve(root, file));
  for (const part of exportPath.split('.')) found = found?.[part];
  if (found === undefined) throw withType('Runtime.HandlerNotFound', new Error(`${name} is undefined or not exported`));
  if (typeof found !== 'function') {
    throw withType('Runtime.HandlerNotFound', new Error(`${name} is not a function`));
  }
  return found;
}

async function loadModule(file) {
  try {
    return require(file);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_REQUIRE_ESM') {
      isReusable = false;
      const esm = await import(pathToFileURL(`${file}.mjs`)).catch(() => undefined);
      if (esm) return esm;
    }
    if (error.code === 'MODULE_NOT_FOUND') throw withType('Runtime.ImportModuleError', error);
    throw error;
  }
}

async function invoke(message) {
  current = message;
  usedBefore = process.cpuUsage();
  const deadlineMillis = realNow() + message.timeoutMillis;
  const { env } = process;
  const context = {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: message.invokedFunctionArn,
    awsRequestId: message.requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMillis - realNow()),
  };
  try {
    const payload = toPayload(await handler(JSON.parse(message.payload), context));
    answer({ type: 'returned', requestId: message.requestId, payload });
  } catch (error) {
    answer({ type: 'failed', requestId: message.requestId, error: toError(error, error?.lambdaErrorType) });
  }
}

function toPayload(result) {
  let payload;
  try {
    payload = JSON.stringify(result) ?? 'null';
  } catch (error) {
    throw withType('Runtime.MarshalError', error);
  }
  const bytes = Buffer.byteLength(payload);
  if (bytes <= maxResponseBytes) return payload;
  const reason = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${maxResponseBytes}).`;
  throw withType('Function.ResponseSizeTooLarge', new Error(reason));
}

function answer(message, done) {
  if (current === undefined) return;
  const marker = `\0end ${current.requestId}\n`;
  current = undefined;
  process.stdout.write(marker);
  process.stderr.write(marker);
  process.send({ ...message, cpuMillis: toMillis(process.cpuUsage(usedBefore)) }, done);
  // What was compiled is there for the next process, if NODE_COMPILE_CACHE says where (Node 22): this one may be killed.
  Module.flushCompileCache?.();
}

function toMillis({ user, system }) {
  return (user + system) / 1000;
}

/** An error that nothing caught ends the process, as Lambda's runtime does. */
function fail(errorType, error) {
  console.error(error);
  const exit = () => process.exit(1);
  if (current === undefined) exit();
  else answer({ type: 'failed', requestId: current.requestId, error: toError(error, errorType) }, exit);
}

function withType(lambdaErrorType, error) {
  return Object.assign(error, { lambdaErrorType });
}

function toError(error, errorType) {
  if (!(error instanceof Error))
    return { errorType: errorType ?? typeof error, errorMessage: String(error), trace: [] };
  return {
    errorType: errorType ?? error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
  };
}
