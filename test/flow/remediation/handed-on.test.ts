import { onlyRecord, run, SSH, worldWith } from '../close-world';
import type { InMemoryWorld } from '../in-memory-ports';

/** The one request, with what the dispatcher has read so many seconds before it is taken up. */
function handOn(world: InMemoryWorld, secondsBefore: number): void {
  const at = new Date(world.now - secondsBefore * 1000).toISOString();
  world.requests = world.requests.map(({ target, request }) => ({
    target,
    request: { ...request, seen: { finding: SSH, at } },
  }));
}

const readsOfRequested = ({ steps }: InMemoryWorld) => steps.filter((step) => step.startsWith('read findings')).length;

describe('what the dispatcher has read of a finding, when very many came at once,', () => {
  test('is not read again', async () => {
    const world = worldWith();
    handOn(world, 5);
    await run(world);
    expect(readsOfRequested(world)).toBe(0);
    expect(onlyRecord(world).outcome).toBe('closed');
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
  });

  test('is read again after half a minute: somebody may have suppressed it', async () => {
    const world = worldWith(undefined, [{ ...SSH, workflow: 'SUPPRESSED' }]);
    handOn(world, 40);
    await run(world);
    expect(readsOfRequested(world)).toBe(1);
    expect(world.records.size).toBe(0);
  });

  test('is read again where the target was held before: a closing may have changed it since', async () => {
    const world = worldWith();
    handOn(world, 5);
    for (const claim of world.claims.values()) claim.generation = 2;
    await run(world, 2);
    expect(readsOfRequested(world)).toBe(1);
  });

  test('does not keep a finding that somebody has suppressed meanwhile from staying so', async () => {
    const world = worldWith(undefined, [{ ...SSH, workflow: 'SUPPRESSED' }]);
    handOn(world, 5);
    await run(world);
    expect(world.updates.get(SSH.id)?.workflow).toBeUndefined();
  });
});
