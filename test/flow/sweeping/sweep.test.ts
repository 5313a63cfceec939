import { failure, success } from '../../../src/core/result';
import type { Sweep, SweepRequest } from '../../../src/core/sweeping/sweep';
import type { SweptPlace } from '../../../src/core/sweeping/swept-place';
import type { PortFailure, PortResult, SweepEvent } from '../../../src/flow/ports';
import { sweep, type SweepPorts, type SweepSettings } from '../../../src/flow/sweeping/sweep';
import { ingress } from '../in-memory-ports';

const MEMBERS = Array.from({ length: 12 }, (_, index) => String(200_000_000_000 + index));
const REGIONS = ['eu-central-1', 'us-east-1', 'us-west-2'];
const REQUEST: SweepRequest = { sweepId: 'swp-0123456789abcdef', by: 'nobody', regions: REGIONS, imports: false };
const SETTINGS: SweepSettings = {
  prefix: 'Portcullis',
  hubAccount: '111111111111',
  reopened: { closings: 3, hours: 24 },
};
const PLACES = (MEMBERS.length + 1) * REGIONS.length;

/** The process dies. */
class Lost extends Error {}

/** A world in which every place holds one group with SSH open to the internet. */
function createWorld(problemOf: (place: string, attempt: number) => PortFailure | undefined = () => undefined) {
  const finished = new Map<string, unknown>();
  const reads = new Map<string, number>();
  const found = new Map<string, SweptPlace>();
  let saved: Sweep | undefined;
  let stepsLeft = Infinity;
  const events: SweepEvent[] = [];
  let underWay: string | undefined;
  const ports: SweepPorts = {
    accounts: { fetchMembers: () => Promise.resolve(success(MEMBERS)) },
    clock: { now: () => new Date('2026-03-01T12:00:00.000Z') },
    durable: {
      async step<Value>(name: string, run: (attempt: number) => PortResult<Value>) {
        if (finished.has(name)) return finished.get(name) as Awaited<PortResult<Value>>;
        const result = await run(1);
        if (stepsLeft-- === 0) throw new Lost();
        finished.set(name, JSON.parse(JSON.stringify(result)));
        return result;
      },
      sleep: () => Promise.resolve(),
    },
    events: {
      publish(event) {
        events.push(event);
        return Promise.resolve(success(undefined));
      },
    },
    findings: {
      fetchOwn: () => Promise.resolve(success([])),
      fetchResolvedByUs: () => Promise.resolve(success([])),
      fetchSuppressed: () => Promise.resolve(success([])),
      importOwn: () => Promise.resolve(success(undefined)),
    },
    inventory: {
      readPlace({ account, region }) {
        const key = `${account}/${region}`;
        const attempt = (reads.get(key) ?? 0) + 1;
        reads.set(key, attempt);
        const problem = problemOf(key, attempt);
        if (problem) return Promise.resolve(failure(problem));
        const group = { kind: 'security-group', id: 'sg-1', name: 'web', tags: [], prefixLists: {} } as const;
        return Promise.resolve(success({ resources: [{ ...group, rules: [ingress('sgr-ssh')] }], notUnderstood: [] }));
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    parameters: { fetchAuthorizedPorts: () => Promise.resolve(success([])) },
    sweeps: {
      claim({ sweepId }) {
        const isMine = underWay === undefined || underWay === sweepId;
        if (isMine) underWay = sweepId;
        return Promise.resolve(success(isMine));
      },
      letGo({ sweepId }) {
        if (underWay === sweepId) underWay = undefined;
        return Promise.resolve(success(undefined));
      },
      fetchLatest: () => Promise.resolve(success(underWay)),
      saveSweep: (each) => {
        saved = each;
        return Promise.resolve(success(undefined));
      },
      fetchSweep: () => Promise.resolve(success(saved)),
      savePlace: (_, place) => {
        found.set(`${place.account}/${place.region}`, place);
        return Promise.resolve(success(undefined));
      },
      fetchPlaces: () => Promise.resolve(success([...found.values()])),
    },
  };
  return {
    ports,
    reads,
    found,
    events,
    saved: () => saved,
    underWay: () => underWay,
    /** Another sweep says that it is under way. */
    taken() {
      underWay = 'swp-ffffffffffffffff';
    },
    loseAfter(steps: number) {
      stepsLeft = steps;
    },
  };
}

test('every account and Region is read once, the hub among them', async () => {
  const world = createWorld();
  const { totals, places, done, finishedAt } = await sweep(REQUEST, world.ports, SETTINGS);
  expect({ places, done }).toEqual({ places: PLACES, done: PLACES });
  expect(finishedAt).toBeDefined();
  expect(totals).toMatchObject({ accounts: 13, regions: 3, securityGroups: PLACES, violating: PLACES, unreadable: 0 });
  expect([...world.reads.values()]).toEqual(Array.from({ length: PLACES }, () => 1));
});

test('killed after any of its steps it goes on, with the same totals, and reads again what that step had read alone', async () => {
  const whole = createWorld();
  const expected = (await sweep(REQUEST, whole.ports, SETTINGS)).totals;
  for (let steps = 0; steps < 8; steps++) {
    const world = createWorld();
    world.loseAfter(steps);
    await expect(sweep(REQUEST, world.ports, SETTINGS)).rejects.toThrow(Lost);
    world.loseAfter(Infinity);
    expect((await sweep(REQUEST, world.ports, SETTINGS)).totals).toEqual(expected);
    expect(world.found.size).toBe(PLACES);
    const readTwice = [...world.reads.values()].filter((count) => count > 1).length;
    expect(readTwice).toBeLessThanOrEqual(16);
  }
});

test('a place that is throttled is read three times, and one of them suffices', async () => {
  const throttled: PortFailure = { code: 'throttled', retryable: true, cause: 'Slow down.' };
  const once = `${MEMBERS[0] ?? ''}/us-east-1`;
  const always = `${MEMBERS[1] ?? ''}/us-east-1`;
  const world = createWorld((place, attempt) =>
    place === always || (place === once && attempt < 3) ? throttled : undefined,
  );
  const { totals, unreadable } = await sweep(REQUEST, world.ports, SETTINGS);
  expect(world.reads.get(once)).toBe(3);
  expect(world.reads.get(always)).toBe(3);
  expect(totals).toMatchObject({ violating: PLACES - 1, unreadable: 1 });
  expect(unreadable).toEqual([{ account: MEMBERS[1], region: 'us-east-1', reason: 'Slow down.' }]);
});

test('an account that is denied is named for every Region, and counts as none that was read', async () => {
  const denied: PortFailure = { code: 'access-denied', retryable: false, cause: 'No role.' };
  const world = createWorld((place) => (place.startsWith(MEMBERS[3] ?? '') ? denied : undefined));
  const { totals } = await sweep(REQUEST, world.ports, SETTINGS);
  expect(totals).toMatchObject({ accounts: 12, regions: 3, unreadable: REGIONS.length });
});

test('where the list of accounts cannot be read, the sweep ends with the reason', async () => {
  const world = createWorld();
  const cause = 'The member accounts cannot be read.';
  const fetchMembers = () => Promise.resolve(failure({ code: 'access-denied' as const, retryable: false, cause }));
  const ended = await sweep(REQUEST, { ...world.ports, accounts: { fetchMembers } }, SETTINGS);
  expect(ended).toMatchObject({ failed: cause, places: 0 });
  expect(world.saved()?.finishedAt).toBeDefined();
});

test('where another sweep is under way, it looks at nothing and says how to see the other', async () => {
  const world = createWorld();
  world.taken();
  const ended = await sweep(REQUEST, world.ports, SETTINGS);
  expect(ended.failed).toContain('another sweep is under way; portcullis scan --last');
  expect(world.reads.size).toBe(0);
  expect(world.underWay()).toBe('swp-ffffffffffffffff');
});

test('one that was silent for so long that another began ends at its next step', async () => {
  const world = createWorld((place) => {
    if (place.endsWith('us-west-2')) world.taken();
    return undefined;
  });
  const ended = await sweep(REQUEST, world.ports, SETTINGS);
  expect(ended.failed).toContain('another sweep is under way');
  expect(world.reads.size).toBe(16);
  expect(world.underWay()).toBe('swp-ffffffffffffffff');
});

test('its end is notified once, with the totals and what could not be read, and lets the next one begin', async () => {
  const denied: PortFailure = { code: 'access-denied', retryable: false, cause: 'No role.' };
  const [first = ''] = MEMBERS;
  const world = createWorld((place) => (place.startsWith(first) ? denied : undefined));
  const { totals } = await sweep(REQUEST, world.ports, SETTINGS);
  expect(world.underWay()).toBeUndefined();
  expect(world.events).toEqual([
    {
      detailType: 'Sweep Finished',
      detail: expect.objectContaining({
        sweepId: REQUEST.sweepId,
        totals,
        unreadable: REGIONS.map((region) => ({ account: first, region, reason: 'No role.' })),
        reason:
          'Sweep swp-0123456789abcdef looked at 36 security groups and 0 network ACLs in 12 accounts and 3 Regions: ' +
          `36 violate a control. 3 could not be read: ${REGIONS.map((region) => `${first}/${region}`).join(', ')}.`,
      }) as unknown,
    },
  ]);
});
