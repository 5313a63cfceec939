import { rmSync } from 'node:fs';

import type { InvocationResponse } from '@aws-sdk/client-lambda';

import { home, hub } from '../small-sandbox';
import { buildAssembly, deployFunctions, type DeployedFunctions } from './deployed-functions';

let directory: string;
let deployed: DeployedFunctions;

beforeAll(() => {
  directory = buildAssembly();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});
afterEach(() => deployed.sandbox.stop());

/** Within the sandbox, so that it is under way at once. */
async function invoke(kind: string): Promise<unknown> {
  const { world } = deployed.sandbox;
  const call = { principal: { kind: 'account', account: hub }, account: hub, region: home } as const;
  const input = { FunctionName: 'worker', Payload: Buffer.from(JSON.stringify({ kind })) };
  // The Lambda service's own operation answers with this shape.
  const { Payload } = (await world.call('lambda', 'Invoke', input, call)) as InvocationResponse;
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

test('what the calls of an invocation take passes before it ends', async () => {
  deployed = await deployFunctions(directory, {}, { callMillis: 250 });
  const { clock } = deployed.sandbox.world;
  let answer: unknown;
  const invoked = invoke('identity').then((value) => {
    answer = value;
  });
  await clock.advance(249);
  expect(answer).toBeUndefined();
  await clock.advance(1);
  await invoked;
  expect(answer).toMatch(/assumed-role/);
});

test('a throttled call is tried again by the SDK when time has passed', async () => {
  deployed = await deployFunctions(directory, {}, { backOffMillis: 1_000, keepsRateQuotas: true });
  const { clock } = deployed.sandbox.world;
  const invoked = invoke('ask four times');
  await clock.advance(1_000);
  expect(await invoked).toEqual(Array.from({ length: 4 }, () => 'AccessDeniedException'));
});

test('a function that waits too long for its next attempt times out, and time goes on', async () => {
  deployed = await deployFunctions(directory, {}, { backOffMillis: 20_000, keepsRateQuotas: true });
  const { clock } = deployed.sandbox.world;
  const invoked = invoke('ask four times');
  await clock.advance(9_000);
  expect(await invoked).toMatchObject({ errorType: 'Sandbox.Timedout' });
  await clock.advance(60_000);
  expect(await invoke('echo')).toBeDefined();
});

test('without that time, every attempt is throttled', async () => {
  deployed = await deployFunctions(directory, {}, { keepsRateQuotas: true });
  expect(await invoke('ask four times')).toEqual([
    ...Array.from({ length: 3 }, () => 'AccessDeniedException'),
    'ThrottlingException',
  ]);
});

test('an invocation is recorded with its calls and the processor time that it took', async () => {
  deployed = await deployFunctions(directory);
  await invoke('identity');
  await invoke('echo');
  const [cold, warm] = await deployed.inspect<Record<'calls' | 'cpuMillis' | 'initCpuMillis', number>[]>('invocations');
  expect(cold?.calls).toBe(1);
  expect(cold?.initCpuMillis).toBeGreaterThan(0);
  expect(cold?.cpuMillis).toBeGreaterThan(0);
  expect(warm).toMatchObject({ calls: 0, initCpuMillis: 0 });
});
