import { ensureExecution } from '../../../src/flow/intake/ensure-execution';
import { failed, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const held = (world: InMemoryWorld, generation: number) =>
  world.claims.set('222222222222/eu-central-1/security-group/' + TARGET.id, {
    generation,
    arrivals: 1,
    isHeld: true,
  });

describe('who has something done on a target', () => {
  test('begins a holding where there is none, and asks nobody whether it lives', async () => {
    const world = new InMemoryWorld();
    world.ended.add(1);
    expect(await ensureExecution(TARGET, world.ports)).toEqual({ ok: true, value: { generation: 1, nonce: NONCE } });
    expect(world.starts).toHaveLength(1);
  });

  test('joins the one that there is, while its execution goes on', async () => {
    const world = new InMemoryWorld();
    held(world, 3);
    expect(await ensureExecution(TARGET, world.ports)).toMatchObject({ ok: true, value: { generation: 3 } });
  });

  test('takes over at once from an execution that has ended, such as one of before a backup', async () => {
    const world = new InMemoryWorld();
    held(world, 3);
    world.ended.add(3);
    expect(await ensureExecution(TARGET, world.ports)).toMatchObject({ ok: true, value: { generation: 4 } });
    expect(world.starts.map(({ generation }) => generation)).toEqual([3, 4]);
  });

  test('takes over where the name of the execution is of somebody else', async () => {
    const world = new InMemoryWorld();
    held(world, 3);
    world.whenStarting = () =>
      world.claims.values().next().value?.generation === 3 ? failed('conflict', 'The name is taken.') : undefined;
    expect(await ensureExecution(TARGET, world.ports)).toMatchObject({ ok: true, value: { generation: 4 } });
  });

  test('believes in no execution of which nobody can tell whether it lives', async () => {
    const world = new InMemoryWorld();
    held(world, 3);
    Object.assign(world.ports.orchestrations, {
      fetchStatus: () => Promise.resolve({ ok: false, error: failed('throttled', 'Too many.', true) }),
    });
    expect(await ensureExecution(TARGET, world.ports)).toMatchObject({ ok: false, error: { code: 'throttled' } });
    expect(world.claims.values().next().value).toMatchObject({ generation: 3, isHeld: true });
  });

  test('gives up, to come again, where every holder is dead', async () => {
    const world = new InMemoryWorld();
    held(world, 1);
    world.whenStarting = () => failed('conflict', 'The name is taken.');
    expect(await ensureExecution(TARGET, world.ports)).toMatchObject({ ok: false, error: { retryable: true } });
  });
});
