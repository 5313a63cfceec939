import { closed, execute, HIGH_RISK, OPEN, SSH } from '../undo-world';

const STALE_SECONDS = 60;

/**
 * Somebody undoes a closing; as soon as that has ended somebody else closes, and EC2 shows the group as it was before
 * the undo.
 */
async function closeRightAfterUndo(change: (world: Awaited<ReturnType<typeof closed>>['world']) => void) {
  const { world, closing } = await closed({ rules: [OPEN] }, [SSH, HIGH_RISK]);
  world.requestUndo(closing, [SSH]);
  world.whenPublishing = () => {
    if (world.events.length === 0) {
      world.request([SSH, HIGH_RISK]);
      change(world);
    }
    return undefined;
  };
  const began = world.now;
  await execute(world);
  return { world, seconds: (world.now - began) / 1000 };
}

describe('a closing that finds its target closed right after an undo has opened it', () => {
  test('looks again when the undo must show, and closes', async () => {
    const { world } = await closeRightAfterUndo((each) => (each.staleUntil = each.now + STALE_SECONDS * 1000));
    expect(world.rules).toEqual([]);
    expect([...world.records.values()].map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'close closed',
      'undo undone',
      'close closed',
    ]);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
  });

  test('believes it when it still is: somebody was faster', async () => {
    const { world } = await closeRightAfterUndo((each) => (each.rules = []));
    expect([...world.records.values()].at(-1)).toMatchObject({ action: 'close', outcome: 'already-closed' });
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
  });

  test('waits for nothing where the undo shows', async () => {
    const { world, seconds } = await closeRightAfterUndo(() => undefined);
    expect(world.rules).toEqual([]);
    expect(seconds).toBeLessThan(STALE_SECONDS);
  });
});
