import type { PortFailure, RunbookStatus } from '../../../src/flow/ports';
import { onlyRecord, run, SSH, worldWith } from '../close-world';
import { failed, type InMemoryWorld } from '../in-memory-ports';
import { closed, OPEN, undo } from '../undo-world';

const INTERNAL: RunbookStatus = {
  kind: 'failed',
  code: 'InternalError',
  reason: 'Failed: (InternalError) when calling the operation',
  isTransient: true,
};

/** Every run is answered so, until `times` of them have been. */
function troubled(world: InMemoryWorld, answered: RunbookStatus | PortFailure, times: number) {
  let left = times;
  const starts: number[] = [];
  world.whenRunning = () => {
    starts.push(world.now);
    return left-- > 0 ? answered : undefined;
  };
  return starts;
}

describe('a service that has trouble of its own', () => {
  test.each([
    ['EC2 answers an error of its own', INTERNAL],
    ['EC2 throttles', { ...INTERNAL, code: 'RequestLimitExceeded' }],
    ['SSM times out', { kind: 'failed', reason: 'TimedOut', isTransient: true }],
    ['SSM cannot start it', failed('unavailable', 'SSM is down.', true)],
  ] as const)('gets three tries, with a fresh plan each and growing pauses: %s', async (_, answered) => {
    const world = worldWith();
    const starts = troubled(world, answered, 2);
    await run(world);
    expect(world.rules).toEqual([]);
    expect(onlyRecord(world).outcome).toBe('closed');
    const pauses = starts.slice(1).map((start, i) => (start - (starts[i] ?? 0)) / 1000);
    expect(pauses[0]).toBeGreaterThanOrEqual(30);
    expect(pauses[1]).toBeGreaterThanOrEqual(120);
    expect(new Set(world.runs.map(({ runId }) => runId)).size).toBe(world.runs.length);
  });

  test('fails after the third, and says that it was tried three times', async () => {
    const world = worldWith();
    const starts = troubled(world, INTERNAL, 99);
    await run(world);
    expect(starts).toHaveLength(3);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'failed' });
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.updates.get(SSH.id)?.note).toContain('Tried 3 times.');
    expect(world.updates.get(SSH.id)?.note).toContain('InternalError');
  });

  test('gets three tries for an undo as well', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    troubled(world, INTERNAL, 2);
    expect((await undo(world, closing)).outcome).toBe('undone');
    expect(world.rules).toHaveLength(1);
  });

  test('is not asked again for an undo after the third', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const starts = troubled(world, INTERNAL, 99);
    expect(await undo(world, closing)).toMatchObject({
      outcome: 'failed',
      reasons: [
        { code: 'tried-again', times: 3 },
        { code: 'runbook-failed', cause: INTERNAL.reason },
      ],
    });
    expect(starts).toHaveLength(3);
  });

  test('may have done what it did not answer: that is planned anew, and undone', async () => {
    const world = worldWith([OPEN]);
    let lost = true;
    world.whenRunning = (runbook) => {
      if (!lost) return undefined;
      lost = false;
      world.carryOut(runbook);
      // It shows only after SSM was asked.
      world.staleReads = 3;
      return INTERNAL;
    };
    await run(world);
    const { outcome, runs, remediationId } = onlyRecord(world);
    expect([outcome, runs.map(({ end }) => end)]).toEqual(['closed', ['unknown']]);
    expect((await undo(world, remediationId)).outcome).toBe('undone');
    expect(world.rules).toHaveLength(1);
  });

  test('may have started a runbook without saying so: an undo knows of it', async () => {
    const world = worldWith([OPEN]);
    world.whenRunning = (runbook) => {
      world.carryOut(runbook);
      return failed('unavailable', 'The connection was lost.', true);
    };
    await run(world);
    const { outcome, remediationId } = onlyRecord(world);
    expect(outcome).toBe('closed');
    world.whenRunning = () => undefined;
    expect((await undo(world, remediationId)).outcome).toBe('undone');
    expect(world.rules).toHaveLength(1);
  });
});

describe('what would not work a moment later is not tried again', () => {
  test.each([
    ['a call that is denied', { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Denied.' }],
    ['a run that a person cancelled', { kind: 'failed', reason: 'Cancelled: by a person' }],
    ['a runbook that may not be started', failed('access-denied', 'StartAutomationExecution is denied.')],
  ] as const)('%s', async (_, answered) => {
    const world = worldWith();
    const starts = troubled(world, answered, 99);
    await run(world);
    expect(starts).toHaveLength(1);
    expect(onlyRecord(world).outcome).toBe('failed');
    expect(world.updates.get(SSH.id)?.note).not.toContain('Tried');
  });
});
