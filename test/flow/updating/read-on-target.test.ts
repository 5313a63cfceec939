import type { Finding } from '../../../src/core/findings/finding';
import { failure, success } from '../../../src/core/result';
import { targetKey, type Target } from '../../../src/core/target';
import type { AnnouncedRead, SharedReads } from '../../../src/flow/ports';
import { readOnTarget } from '../../../src/flow/updating/read-on-target';
import { findingOn, TARGET } from '../in-memory-ports';

const THROTTLED = failure({ code: 'throttled' as const, retryable: true, cause: 'Slow down.' });

/** Many targets whose executions share one call a second, as long as Security Hub admits it. */
function manyReaders(count: number) {
  const targets = Array.from({ length: count }, (_, index): Target => ({ ...TARGET, id: `sg-${String(index)}` }));
  const findings = targets.map((target) => findingOn(target, { id: `finding on ${target.id}` }));
  const handed = new Map<string, { remediationId: string; findings: readonly Finding[] }>();
  let announced: AnnouncedRead[] = [];
  const world = { now: 0, tokens: Infinity, alone: 0, together: 0, turnUntil: 0, targets };
  const sharedReads: SharedReads = {
    takeTurn: (now) => {
      if (now.getTime() < world.turnUntil) return Promise.resolve(success(false));
      world.turnUntil = now.getTime() + 1000;
      return Promise.resolve(success(true));
    },
    announce: (read) => {
      announced = [{ ...read, key: targetKey(read.target) }, ...announced];
      return Promise.resolve(success(undefined));
    },
    fetchAnnounced: () => Promise.resolve(success(announced)),
    handOver: (read, found) => {
      announced = announced.filter(({ key }) => key !== read.key);
      handed.set(targetKey(read.target), { remediationId: read.remediationId, findings: found });
      return Promise.resolve(success(undefined));
    },
    takeUpdateSlot: () => Promise.resolve(success(0)),
    fetchHandedOver: ({ target, remediationId }) => {
      const found = handed.get(targetKey(target));
      return Promise.resolve(success(found?.remediationId === remediationId ? found.findings : undefined));
    },
  };
  const admit = () => (world.tokens -= 1) >= 0;
  const ports = {
    clock: { now: () => new Date(world.now) },
    sharedReads,
    hub: {
      fetchFindingsOnTarget: (target: Target) => {
        if (!admit()) return Promise.resolve(THROTTLED);
        world.alone += 1;
        return Promise.resolve(success(findings.filter((each) => each.target?.id === target.id)));
      },
      fetchFindingsOnTargets: (some: readonly Target[]) => {
        if (!admit()) return Promise.resolve(THROTTLED);
        world.together += 1;
        const ids = new Set(some.map(({ id }) => id));
        return Promise.resolve(success(findings.filter((each) => ids.has(each.target?.id ?? ''))));
      },
    },
  };
  const read = (target: Target, attempt: number, isBusy = true) =>
    readOnTarget({ target, remediationId: `rem-${target.id}` }, { attempt, isBusy }, ports);
  return { world, ports, read };
}

describe('findings on a target', () => {
  test('are read at once, by the target alone, where nothing else goes on', async () => {
    const { world, read } = manyReaders(1);
    expect(await read(TARGET, 1, false)).toMatchObject({ ok: true });
    expect(world).toMatchObject({ alone: 1, together: 0 });
  });

  test('of a hundred targets at once are read by few calls, each its own, once', async () => {
    const { world, read } = manyReaders(100);
    const waiting = new Set(world.targets);
    for (let attempt = 1; waiting.size > 0 && attempt < 60; attempt++) {
      world.now += 1000;
      for (const target of [...waiting]) {
        const found = await read(target, attempt);
        if (!found.ok) continue;
        expect(found.value.map(({ id }) => id)).toEqual([`finding on ${target.id}`]);
        waiting.delete(target);
      }
    }
    expect(waiting.size).toBe(0);
    expect(world.alone).toBe(0);
    expect(world.together).toBeLessThanOrEqual(8);
  });

  test('that could not be read once are read with others from then on', async () => {
    const { world, read } = manyReaders(2);
    const [one = TARGET, other = TARGET] = world.targets;
    world.tokens = 0;
    expect(await read(one, 1, false)).toMatchObject({ ok: false, error: { code: 'throttled' } });
    world.tokens = Infinity;
    world.now += 5000;
    expect(await read(other, 2)).toMatchObject({ ok: true });
    expect(await read(one, 2)).toMatchObject({ ok: true, value: [{ id: `finding on ${one.id}` }] });
    expect(world).toMatchObject({ alone: 0, together: 1 });
  });

  test('are read alone where the ledger does not say whose turn it is', async () => {
    const { world, ports, read } = manyReaders(1);
    ports.sharedReads.takeTurn = () =>
      Promise.resolve(failure({ code: 'unavailable', retryable: true, cause: 'Out of order.' }));
    expect(await read(TARGET, 2)).toMatchObject({ ok: true });
    expect(world).toMatchObject({ alone: 1, together: 0 });
  });
});
