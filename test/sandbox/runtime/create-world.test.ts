import * as securityHubSchemas from '@aws-sdk/client-securityhub';
import { AwsError, LostResponse } from '../../../sandbox/runtime/aws-error';
import { processLost } from '../../../sandbox/runtime/carry-out';
import { createWorld, type WorldOptions } from '../../../sandbox/runtime/create-world';
import type { Fault } from '../../../sandbox/runtime/faults';
import type { Operation, Service } from '../../../sandbox/runtime/operation';

const account = '222222222222';
const region = 'eu-central-1';
const places = {
  accounts: ['111111111111', account],
  regions: [region, 'us-east-1'],
  hub: { account: '111111111111', region },
  clockMode: 'manual',
} as const satisfies Partial<WorldOptions>;
const administrator = { principal: { kind: 'account', account }, account, region } as const;

/** A service that counts what reaches it. */
function createCounter(overrides: Partial<Service> = {}): {
  readonly service: Service;
  readonly effects: () => number;
} {
  let effects = 0;
  const count: Operation = { permissions: () => [], handle: () => ({ effects: ++effects }) };
  const service: Service = {
    signingName: 'securityhub',
    protocol: 'restJson1',
    schemas: securityHubSchemas,
    operations: { GetFindings: count, BatchUpdateFindings: count },
    ...overrides,
  };
  return { service, effects: () => effects };
}

function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error instanceof AwsError ? `${error.code} ${String(error.status)}` : 'a bug'),
  );
}

describe('faults', () => {
  const cases: readonly { readonly name: string; readonly fault: Fault; readonly outcomes: readonly string[] }[] = [
    {
      name: 'throttle every call',
      fault: { kind: 'throttle' },
      outcomes: ['LimitExceededException 429', 'LimitExceededException 429', 'LimitExceededException 429'],
    },
    {
      name: 'fail the second call only',
      fault: { kind: 'internal-error', after: 1, times: 1 },
      outcomes: ['ok', 'InternalException 500', 'ok'],
    },
    {
      name: 'deny one operation',
      fault: { kind: 'deny', operation: 'GetFindings' },
      outcomes: ['AccessDeniedException 403', 'AccessDeniedException 403', 'AccessDeniedException 403'],
    },
    {
      name: 'leave other operations alone',
      fault: { kind: 'deny', operation: 'BatchUpdateFindings' },
      outcomes: ['ok', 'ok', 'ok'],
    },
    { name: 'leave other services alone', fault: { kind: 'deny', service: 'ec2' }, outcomes: ['ok', 'ok', 'ok'] },
    {
      name: 'leave other accounts alone',
      fault: { kind: 'deny', account: '111111111111' },
      outcomes: ['ok', 'ok', 'ok'],
    },
    {
      name: 'leave other callers alone',
      fault: { kind: 'deny', callers: ['role', 'service'] },
      outcomes: ['ok', 'ok', 'ok'],
    },
    { name: 'leave other Regions alone', fault: { kind: 'deny', region: 'us-east-1' }, outcomes: ['ok', 'ok', 'ok'] },
  ];

  test.each(cases)('$name', async ({ fault, outcomes }) => {
    const world = createWorld({ ...places, services: [createCounter().service] });
    world.faults.add(fault);
    const seen: string[] = [];
    while (seen.length < outcomes.length) {
      seen.push(await outcomeOf(world.call('securityhub', 'GetFindings', {}, administrator)));
    }
    expect(seen).toEqual(outcomes);
  });

  test('a lost response comes after the effect, the other faults before', async () => {
    const { service, effects } = createCounter();
    const world = createWorld({ ...places, services: [service] });
    world.faults.add({ kind: 'throttle', times: 1 });
    await outcomeOf(world.call('securityhub', 'GetFindings', {}, administrator));
    expect(effects()).toBe(0);

    world.faults.clear();
    world.faults.add({ kind: 'lost-response', times: 1 });
    await expect(world.call('securityhub', 'GetFindings', {}, administrator)).rejects.toBeInstanceOf(LostResponse);
    expect(effects()).toBe(1);
  });

  test('a fault that lasts a while passes by itself', async () => {
    const world = createWorld({ ...places, services: [createCounter().service] });
    world.faults.add({ kind: 'internal-error', after: 1, lastsSeconds: 60 });
    const seen: string[] = [];
    for (const seconds of [100, 0, 60, 1]) {
      await world.clock.advance(seconds * 1000);
      seen.push(await outcomeOf(world.call('securityhub', 'GetFindings', {}, administrator)));
    }
    expect(seen).toEqual(['ok', 'InternalException 500', 'InternalException 500', 'ok']);
  });

  test('a duplicate takes effect twice, and the caller hears of the first time', async () => {
    const { service, effects } = createCounter();
    const world = createWorld({ ...places, services: [service] });
    world.faults.add({ kind: 'duplicate', times: 1 });
    await expect(world.call('securityhub', 'GetFindings', {}, administrator)).resolves.toEqual({ effects: 1 });
    expect(effects()).toBe(2);
  });

  test('a duplicate that is refused the second time is not heard of', async () => {
    let calls = 0;
    const once: Operation = {
      permissions: () => [],
      handle: () => {
        if (++calls > 1) throw new AwsError('AlreadyDone', 'It is done.');
        return 'done';
      },
    };
    const { service } = createCounter({ operations: { GetFindings: once } });
    const world = createWorld({ ...places, services: [service] });
    world.faults.add({ kind: 'duplicate' });
    await expect(world.call('securityhub', 'GetFindings', {}, administrator)).resolves.toBe('done');
    expect(calls).toBe(2);
  });

  test('the clock jumps before the call takes effect', async () => {
    const tellTime: Operation = { permissions: () => [], handle: (_, { world: { clock } }) => clock.now() };
    const { service } = createCounter({ operations: { GetFindings: tellTime } });
    const world = createWorld({ ...places, startMillis: 0, services: [service] });
    world.faults.add({ kind: 'clock-jump', seconds: 3600, times: 1 });
    await expect(world.call('securityhub', 'GetFindings', {}, administrator)).resolves.toBe(3_600_000);
    await expect(world.call('securityhub', 'GetFindings', {}, administrator)).resolves.toBe(3_600_000);
  });

  test.each([
    ['kill-before', 0],
    ['kill-after', 1],
  ] as const)(
    '%s: whoever runs the caller is told to lose it, and %i effects have taken place',
    async (kind, effect) => {
      const { service, effects } = createCounter();
      const world = createWorld({ ...places, services: [service] });
      const lost: unknown[] = [];
      world.on(processLost, (payload) => void lost.push([payload, effects()]));
      world.faults.add({ kind, times: 1 });
      await expect(world.call('securityhub', 'GetFindings', {}, administrator)).rejects.toBeInstanceOf(LostResponse);
      expect(lost).toEqual([[{ accessKeyId: undefined }, effect]]);
    },
  );

  test('a service that keeps no past answers a stale read with what is there', async () => {
    const world = createWorld({ ...places, services: [createCounter().service] });
    world.faults.add({ kind: 'stale', seconds: 60 });
    expect(world.keepsHistory).toBe(true);
    await expect(outcomeOf(world.call('securityhub', 'GetFindings', {}, administrator))).resolves.toBe('ok');
  });

  const throttles = [
    ['ec2', 'ec2Query', 'RequestLimitExceeded 503'],
    ['ssm', 'awsJson1_1', 'ThrottlingException 400'],
    ['sqs', 'awsJson1_0', 'RequestThrottled 403'],
    ['lambda', 'restJson1', 'TooManyRequestsException 429'],
  ] as const;
  test.each(throttles)('%s throttles in its own words', async (signingName, protocol, outcome) => {
    const { service } = createCounter({ signingName, protocol });
    const world = createWorld({ ...places, services: [service] });
    world.faults.add({ kind: 'throttle' });
    await expect(outcomeOf(world.call(signingName, 'GetFindings', {}, administrator))).resolves.toBe(outcome);
  });
});

describe('what is not there', () => {
  test.each([
    ['securityhub', 'GetInsights', 'GetInsights of service securityhub is not in the sandbox'],
    ['securityhub', 'toString', 'toString of service securityhub is not in the sandbox'],
  ])('%s %s is refused by name', async (service, operation, message) => {
    const world = createWorld({ ...places, services: [createCounter().service] });
    await expect(world.call(service, operation, {}, administrator)).rejects.toThrow(message);
  });

  test('an unknown service is refused by name', () => {
    const world = createWorld({ ...places, services: [] });
    expect(() => world.service('rds')).toThrow('Service rds is not in the sandbox');
  });

  test.each([
    [{ accounts: ['12345'] }, 'accounts: "12345" is not an account id of 12 digits.'],
    [{ hub: { account: '999999999999', region } }, 'hub.account: "999999999999" is none of the accounts.'],
    [{ hub: { account, region: 'eu-west-1' } }, 'hub.region: "eu-west-1" is none of the regions.'],
  ])('a world that contradicts itself is not made: %j', (wrong, message) => {
    expect(() => createWorld({ ...places, services: [], ...wrong })).toThrow(message);
  });
});

test('services are started with the whole world, hear each other, and are stopped with it', async () => {
  const events: unknown[] = [];
  const service = createCounter({
    start: (world) => {
      world.on('sqs:sent', (payload) => void events.push(payload));
    },
    stop: () => {
      events.push('stopped');
      return Promise.resolve();
    },
  }).service;
  const world = createWorld({ ...places, services: [service] });
  world.emit('sqs:sent', { queue: 'q' });
  world.emit('nobody listens', 1);
  await world.stop();
  expect(events).toEqual([{ queue: 'q' }, 'stopped']);
});
