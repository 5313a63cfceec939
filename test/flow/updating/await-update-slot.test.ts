import { failure, success } from '../../../src/core/result';
import type { PortResult, SharedReads } from '../../../src/flow/ports';
import { remediate } from '../../../src/flow/remediation/remediate';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { SSH, worldWith } from '../close-world';
import { ingress, NONCE, TARGET } from '../in-memory-ports';

/** A closing of whose findings the dispatcher has handed on what it read: very many came at once. */
async function closeInBurst(takeUpdateSlot: () => PortResult<number>, isBurst = true) {
  const world = worldWith([ingress('sgr-ssh')]);
  if (isBurst) {
    const at = world.ports.clock.now().toISOString();
    world.requests = world.requests.map(({ target, request }) => ({
      target,
      request: { ...request, seen: { finding: SSH, at } },
    }));
  }
  const slept: string[] = [];
  const { durable } = world.ports;
  const sleep: typeof durable.sleep = async (name, seconds) => {
    if (name.includes('wait for the update')) slept.push(`${String(seconds)} s`);
    await durable.sleep(name, seconds);
  };
  const sharedReads = { takeUpdateSlot } as unknown as SharedReads;
  const ports = { ...world.ports, durable: { ...durable, sleep }, sharedReads };
  await remediate({ target: TARGET, generation: 1, nonce: NONCE }, ports, DEFAULT_PLAN_POLICY);
  return { slept, workflow: world.updates.get(SSH.id)?.workflow };
}

test.each([
  { name: 'waits for the moment that it has', slot: 42_800, slept: ['42 s'] },
  { name: 'does not wait where nobody is before', slot: 700, slept: [] },
  { name: 'does not wait for longer than a quarter of an hour', slot: 3_600_000, slept: ['900 s'] },
])('in a burst an update $name', async ({ slot, slept }) => {
  expect(await closeInBurst(() => Promise.resolve(success(slot)))).toEqual({ slept, workflow: 'RESOLVED' });
});

test('a ledger that does not answer is not waited for', async () => {
  const silent = () => Promise.resolve(failure({ code: 'access-denied' as const, retryable: false, cause: 'No.' }));
  expect(await closeInBurst(silent)).toEqual({ slept: [], workflow: 'RESOLVED' });
});

test('where few findings come nobody takes a moment', async () => {
  const asked: unknown[] = [];
  const noted = () => {
    asked.push(true);
    return Promise.resolve(success(60_000));
  };
  expect(await closeInBurst(noted, false)).toEqual({ slept: [], workflow: 'RESOLVED' });
  expect(asked).toEqual([]);
});
