import { run, SSH, worldWith } from '../close-world';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { remediate } from '../../../src/flow/remediation/remediate';
import type { PolicyMark } from '../../../src/core/policy/policy-mark';
import { failure, success } from '../../../src/core/result';
import type { PortResult } from '../../../src/flow/ports';
import { ingress, NONCE, TARGET } from '../in-memory-ports';

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

test('engaged while the target was being read, before anything is changed, it stops that closing as well', async () => {
  const world = automaticWorld();
  world.whenObserving = () => {
    world.holds.set('*', { account: '*', reason: '', by: ALICE, since: '2026-02-28T12:00:00.000Z' });
    return undefined;
  };
  await run(world);
  expect(world.runs).toEqual([]);
  expect(world.rules).toHaveLength(1);
  expect(world.updates.get(SSH.id)).toMatchObject({
    workflow: 'NOTIFIED',
    note: expect.stringContaining(`The brake is engaged since 2026-02-28 by ${ALICE}. Nothing`) as string,
  });
});

describe('engaged while the first call waits for its turn with SSM, as it does in a burst,', () => {
  /** SSM takes no call before that attempt; the brake is engaged after the first ones. */
  function busyWorld(trigger: 'automatic' | 'custom-action') {
    const world = trigger === 'automatic' ? automaticWorld() : worldWith([ingress('sgr-ssh')]);
    let attempts = 0;
    world.whenRunning = () => {
      attempts += 1;
      if (attempts === 2) {
        world.holds.set('*', { account: '*', reason: '', by: ALICE, since: '2026-02-28T12:00:00.000Z' });
      }
      return attempts < 20 ? { code: 'throttled', retryable: true, cause: 'Rate exceeded' } : undefined;
    };
    world.attemptsAStep = 25;
    return world;
  }

  test('it stops a closing that nobody chose: nothing was changed yet', async () => {
    const world = busyWorld('automatic');
    await run(world);
    expect(world.runs).toEqual([]);
    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: 'NOTIFIED',
      note: expect.stringContaining(`The brake is engaged since 2026-02-28 by ${ALICE}`) as string,
    });
  });

  test('what a person chose goes on', async () => {
    const world = busyWorld('custom-action');
    await run(world);
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'RESOLVED' });
  });
});

describe('the policy of a deployment that comes while an execution is at work', () => {
  const OWN = { automatic: ['EC2.13'], digest: '0123456789abcdef' };

  /** SSM takes no call for a while; then the policy is another one. */
  function worldUnder(later: () => PortResult<PolicyMark>, trigger: 'automatic' | 'custom-action' = 'automatic') {
    const world = trigger === 'automatic' ? automaticWorld() : worldWith([ingress('sgr-ssh')]);
    let attempts = 0;
    world.whenRunning = () => {
      attempts += 1;
      return attempts < 20 ? { code: 'throttled', retryable: true, cause: 'Rate exceeded' } : undefined;
    };
    world.attemptsAStep = 25;
    const fetchMark = () => (attempts < 2 ? Promise.resolve(success(OWN)) : later());
    return { world, ports: { ...world.ports, livePolicy: { own: OWN, fetchMark } } };
  }

  const CHANGED = [
    {
      name: 'has taken its control from what is automatic',
      later: () => Promise.resolve(success({ ...OWN, automatic: [] })),
      note: 'EC2.13 was taken from what is automatic after this began. Close ingress closes this one.',
    },
    {
      name: 'decides otherwise',
      later: () => Promise.resolve(success({ ...OWN, digest: 'fedcba9876543210' })),
      note: 'The policy was changed after this began. Close ingress closes this one.',
    },
    {
      name: 'cannot be read',
      later: () =>
        Promise.resolve(failure({ code: 'access-denied' as const, retryable: false, cause: 'Nobody answers' })),
      note: 'Nobody answers. Close ingress closes this one.',
    },
  ];

  test.each(CHANGED)('and $name keeps what waits for its turn from being closed', async ({ later, note }) => {
    const { world, ports } = worldUnder(later);
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, ports, DEFAULT_PLAN_POLICY);
    expect(world.runs).toEqual([]);
    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: 'NOTIFIED',
      note: expect.stringContaining(note) as string,
    });
  });

  test('and has it automatic as before lets it go on', async () => {
    const { world, ports } = worldUnder(() => Promise.resolve(success({ ...OWN, automatic: ['EC2.13', 'EC2.19'] })));
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, ports, DEFAULT_PLAN_POLICY);
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'RESOLVED' });
  });

  test('keeps nobody from closing what he chose', async () => {
    const { world, ports } = worldUnder(() => Promise.resolve(success({ ...OWN, automatic: [] })), 'custom-action');
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, ports, DEFAULT_PLAN_POLICY);
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'RESOLVED' });
  });
});

describe('more closings by themselves than the policy allows', () => {
  const LIMITED = { ...DEFAULT_PLAN_POLICY, brake: { closings: 2, minutes: 60 } };

  test('engage the brake before anything is changed, and the bus is notified', async () => {
    const world = automaticWorld();
    world.closingsCounted = 2;
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, LIMITED);
    expect(world.runs).toEqual([]);
    const reason = 'More than 2 closings by themselves within 60 minutes.';
    expect(world.holds.get('*')).toMatchObject({ by: 'Portcullis itself', reason });
    expect(world.brakeEvents).toMatchObject([
      { detailType: 'Brake Engaged', detail: { by: 'Portcullis itself', reason } },
    ]);
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
  });

  test('as many as it allows go on', async () => {
    const world = automaticWorld();
    world.closingsCounted = 1;
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, LIMITED);
    expect(world.rules).toEqual([]);
    expect(world.holds.size).toBe(0);
  });

  test('a closing that a person chose is not counted', async () => {
    const world = worldWith([ingress('sgr-ssh')]);
    world.closingsCounted = 5;
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, LIMITED);
    expect(world.rules).toEqual([]);
    expect(world.closingsCounted).toBe(5);
  });

  test('where it cannot be counted, nothing is closed by itself', async () => {
    const world = automaticWorld();
    world.whenCounting = () => ({ code: 'throttled', retryable: true, cause: 'The closing could not be counted.' });
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, LIMITED);
    expect(world.runs).toEqual([]);
    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: 'NOTIFIED',
      note: expect.stringContaining('The closing could not be counted.') as string,
    });
  });
});
