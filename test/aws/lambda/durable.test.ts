import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { createDurable, fromCheckpoint, toCheckpoint } from '../../../src/aws/lambda/durable';
import { createReplayAwareLog } from '../../../src/aws/lambda/replay-aware-log';
import { failure, success } from '../../../src/core/result';
import type { Durable, Log } from '../../../src/flow/ports';

const THROTTLED = { code: 'throttled', retryable: true, cause: 'Too fast.' } as const;
const UNAVAILABLE = { code: 'unavailable', retryable: true, cause: 'Not now.' } as const;
const DENIED = { code: 'access-denied', retryable: false, cause: 'Denied.' } as const;

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

async function execute(flow: (durable: Durable, log: Log) => Promise<unknown>) {
  const handlerFunction = withDurableExecution((_: unknown, context: DurableContext) =>
    flow(createDurable(context), createReplayAwareLog(context)),
  );
  return new LocalDurableTestRunner({ handlerFunction }).run({ payload: {} });
}

describe('a durable step', () => {
  test('is retried while its failure may pass, and then answers', async () => {
    let calls = 0;
    const execution = await execute((durable) =>
      durable.step('flaky', () => Promise.resolve(++calls < 3 ? failure(THROTTLED) : success('done'))),
    );
    expect(execution.getResult()).toEqual({ ok: true, value: 'done' });
    expect(calls).toBe(3);
  });

  test.each([
    ['of a service out of order', UNAVAILABLE, 7],
    // Hundreds of executions share a quota of a few calls a second: each must wait for its turn.
    ['of a quota that others use up', THROTTLED, 61],
  ])('answers a failure %s when it does not pass, as a value', async (_of, problem, attempts) => {
    let calls = 0;
    const execution = await execute((durable) =>
      durable.step('refused', () => Promise.resolve(failure((calls++, problem)))),
    );
    expect(execution.getResult()).toEqual({ ok: false, error: problem });
    expect(calls).toBe(attempts);
  });

  test('outlasts trouble that comes after it has waited for its turn', async () => {
    let calls = 0;
    const execution = await execute((durable) =>
      durable.step('behind a queue', () => {
        calls++;
        if (calls <= 9) return Promise.resolve(failure(THROTTLED));
        return Promise.resolve(calls === 10 ? failure(UNAVAILABLE) : success('done'));
      }),
    );
    expect(execution.getResult()).toEqual({ ok: true, value: 'done' });
    expect(calls).toBe(11);
  });

  test('is not retried when trying again would not help', async () => {
    let calls = 0;
    const execution = await execute((durable) =>
      durable.step('denied', () => Promise.resolve(failure((calls++, DENIED)))),
    );
    expect(execution.getResult()).toEqual({ ok: false, error: DENIED });
    expect(calls).toBe(1);
  });

  test('runs once, however often the execution is replayed', async () => {
    const calls: string[] = [];
    const lines: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    const execution = await execute(async (durable, log) => {
      await durable.step('first', () => Promise.resolve(success(calls.push('first'))));
      log.info('between', { remediationId: 'rem-1' });
      await durable.sleep('pause', 30);
      await durable.step('second', () => Promise.resolve(success(calls.push('second'))));
    });
    write.mockRestore();

    expect(execution.getStatus()).toBe('SUCCEEDED');
    expect(calls).toEqual(['first', 'second']);
    expect(lines.filter((line) => line.includes('between'))).toEqual([
      '{"level":"INFO","message":"between","remediationId":"rem-1"}\n',
    ]);
  });

  test('ends the execution as failed when it throws: that is a bug', async () => {
    const execution = await execute((durable) => durable.step('broken', () => Promise.reject(new TypeError('a bug'))));
    expect(execution.getStatus()).toBe('FAILED');
  });

  test('may answer a group with the most rules there can be', async () => {
    const rules = Array.from({ length: 2000 }, (_, i) => ({
      SecurityGroupRuleId: `sgr-${String(i)}`,
      Description: 'x'.repeat(255),
    }));
    const execution = await execute(async (durable) => {
      const result = await durable.step('large', () => Promise.resolve(success(rules)));
      await durable.sleep('pause', 1);
      return result.ok && result.value.length;
    });
    expect(execution.getResult()).toBe(2000);
  });

  test('answers a failure when its result is larger than a checkpoint', async () => {
    const noise = Array.from({ length: 60_000 }, (_, i) => Math.sin(i).toString(36)).join('');
    const execution = await execute((durable) => durable.step('too large', () => Promise.resolve(success(noise))));
    expect(execution.getResult()).toMatchObject({ ok: false, error: { code: 'too-large' } });
  });
});

describe('a checkpoint', () => {
  test.each([[{ a: 1 }], [{ text: 'x'.repeat(100_000) }], ['gzip:'], [null]])(
    'is read back as it was written',
    (value) => {
      expect(fromCheckpoint(toCheckpoint(value))).toEqual(value);
    },
  );
});
