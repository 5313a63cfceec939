import { run, SSH, worldWith } from '../close-world';
import { ingress, TARGET } from '../in-memory-ports';

const ALICE = 'arn:aws:sts::111111111111:assumed-role/Security/alice';

function automaticWorld() {
  const world = worldWith([ingress('sgr-ssh')]);
  world.requests = [];
  world.claims.clear();
  world.request([SSH], { trigger: 'automatic' });
  return world;
}

test('what waits in the queue asks as soon as the brake is engaged, in an account that nothing else holds', async () => {
  const world = automaticWorld();
  world.holds.set('*', { account: '*', reason: '', by: ALICE, since: '2026-02-28T12:00:00.000Z' });
  await run(world);
  expect(world.runs).toEqual([]);
  expect(world.updates.get(SSH.id)).toMatchObject({
    workflow: 'NOTIFIED',
    note: expect.stringContaining(`The brake is engaged since 2026-02-28 by ${ALICE}. Nothing`) as string,
  });
});

test('where it cannot be read whether the brake is engaged, nothing is closed by itself', async () => {
  const world = automaticWorld();
  world.whenHolding = () => ({ code: 'access-denied', retryable: false, cause: 'The ledger cannot be read.' });
  await run(world);
  expect(world.runs).toEqual([]);
  expect(world.holds.has(TARGET.account)).toBe(false);
});
