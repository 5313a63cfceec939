import { rmSync } from 'node:fs';

import {
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';

import { buildAssembly, deployFunctions, type DeployedFunctions } from '../deployed-functions';
import { handler } from '../fixtures/orchestrator';
import { historyLines } from './history-lines';

// The same functions in AWS's own test runner and in the sandbox: two implementations of the service that share nothing
// but the SDK within the function must write the same history. What they are known to differ in is in history-lines.ts.

interface Story {
  readonly kind: string;
  /** What the callback is answered, once it is there. */
  readonly callback?: 'succeeds' | 'fails';
  /** Whether branches run side by side: which of them writes first is the runner's affair. */
  readonly inAnyOrder?: boolean;
}

const STORIES: Readonly<Record<string, Story>> = {
  'a step': { kind: 'step' },
  'a step that is tried again': { kind: 'retry' },
  'a step that fails': { kind: 'fail' },
  'a wait between two steps': { kind: 'pause' },
  'a callback that succeeds': { kind: 'callback', callback: 'succeeds' },
  'a callback that fails': { kind: 'callback', callback: 'fails' },
  'branches and a child context': { kind: 'parallel', inAnyOrder: true },
  'a condition that is checked until it holds': { kind: 'poll' },
  'an error outside of any step': { kind: 'throw' },
  "steps and a pause by Portcullis's own adapter": { kind: 'portcullis' },
};

const HOUR_AND_A_BIT_MILLIS = 4_000_000;

let directory: string;
let deployed: DeployedFunctions;
const byAws = new Map<string, readonly string[]>();

// AWS's runner puts timers of its own in the place of Node's: it is done before the sandbox starts.
beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
  for (const [name, story] of Object.entries(STORIES)) byAws.set(name, await playByAws(story));
  await LocalDurableTestRunner.teardownTestEnvironment();
  directory = buildAssembly();
  deployed = await deployFunctions(directory);
});

afterAll(async () => {
  await deployed.sandbox.stop();
  rmSync(directory, { recursive: true });
});

test.each(Object.entries(STORIES))("%s has the history that AWS's test runner writes", async (name, story) => {
  const expected = byAws.get(name) ?? [];
  expect(expected.length).toBeGreaterThan(1);
  const found = await playInSandbox(story);
  if (story.inAnyOrder) expect(found.toSorted()).toEqual(expected.toSorted());
  else expect(found).toEqual(expected);
});

async function playByAws({ kind, callback }: Story): Promise<readonly string[]> {
  const runner = new LocalDurableTestRunner({ handlerFunction: handler });
  const running = runner.run({ payload: { kind } });
  if (callback !== undefined) {
    const operation = runner.getOperation('approval');
    await operation.waitForData(WaitingOperationStatus.SUBMITTED);
    if (callback === 'succeeds') await operation.sendCallbackSuccess('close');
    else await operation.sendCallbackFailure({ ErrorMessage: 'denied' });
  }
  return historyLines((await running).getHistoryEvents());
}

async function playInSandbox({ kind, callback }: Story): Promise<readonly string[]> {
  const { lambda, liveArn, sandbox } = deployed;
  const { DurableExecutionArn } = await lambda.send(
    new InvokeCommand({
      FunctionName: liveArn,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify({ kind })),
    }),
  );
  const read = async () => {
    const asked = { DurableExecutionArn, IncludeExecutionData: true, MaxItems: 1000 };
    return (await lambda.send(new GetDurableExecutionHistoryCommand(asked))).Events ?? [];
  };
  await sandbox.world.clock.advance(0);
  if (callback !== undefined) {
    const CallbackId = (await read()).flatMap(({ CallbackStartedDetails }) => CallbackStartedDetails ?? [])[0]
      ?.CallbackId;
    await (callback === 'succeeds'
      ? lambda.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result: Buffer.from('close') }))
      : lambda.send(new SendDurableExecutionCallbackFailureCommand({ CallbackId, Error: { ErrorMessage: 'denied' } })));
  }
  await sandbox.world.clock.advance(HOUR_AND_A_BIT_MILLIS);
  return historyLines(await read());
}
