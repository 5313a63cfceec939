import { TaskClock } from '../../../sandbox/runtime/task-clock';

const startMillis = Date.parse('2026-01-31T12:00:00.000Z');
const hour = 3_600_000;

/** Resolved from outside, so that a test decides when work ends. */
function openWork(): { readonly promise: Promise<void>; readonly finish: () => void } {
  let finish: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { promise, finish };
}

/** Enough turns of the event loop for anything that could happen without time passing. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('manual time', () => {
  test('stands still until it is advanced, and then runs what comes due in order, each at its own time', async () => {
    const clock = new TaskClock({ mode: 'manual', startMillis });
    const ran: [string, number][] = [];
    clock.schedule(startMillis + 200, () => void ran.push(['late', clock.now() - startMillis]));
    clock.schedule(startMillis + 100, () => void ran.push(['early', clock.now() - startMillis]));
    clock.schedule(startMillis + 100, () => void ran.push(['early too', clock.now() - startMillis]));
    clock.schedule(startMillis + 301, () => void ran.push(['never', clock.now() - startMillis]));
    await settle();
    expect(ran).toEqual([]);

    await clock.advance(300);

    expect(ran).toEqual([
      ['early', 100],
      ['early too', 100],
      ['late', 200],
    ]);
    expect(clock.now()).toBe(startMillis + 300);
  });

  test('runs what a task schedules within the same advance, after the work that the task began', async () => {
    const clock = new TaskClock({ mode: 'manual', startMillis });
    const ran: string[] = [];
    clock.schedule(startMillis + 10, () => {
      void clock.busy(
        settle().then(() => {
          clock.schedule(startMillis + 20, () => void ran.push('second'));
        }),
      );
    });
    await clock.advance(30);
    expect(ran).toEqual(['second']);
  });

  test('a jump runs nothing: what came due meanwhile runs when time next moves', async () => {
    const clock = new TaskClock({ mode: 'manual', startMillis });
    const ran: number[] = [];
    clock.schedule(startMillis + 10, () => void ran.push(clock.now() - startMillis));
    clock.jump(hour);
    await settle();
    expect(ran).toEqual([]);
    await clock.advance(0);
    expect(ran).toEqual([hour]);
  });

  test('a cancelled task does not run', async () => {
    const clock = new TaskClock({ mode: 'manual', startMillis });
    const ran: string[] = [];
    const cancel = clock.schedule(startMillis, () => void ran.push('cancelled'));
    cancel();
    await clock.advance(hour);
    expect(ran).toEqual([]);
  });

  test('a failing task fails the advance', async () => {
    const clock = new TaskClock({ mode: 'manual', startMillis });
    clock.schedule(startMillis, () => Promise.reject(new Error('broken task')));
    await expect(clock.advance(0)).rejects.toThrow('broken task');
  });

  test('a long poll inside busy work lets the time pass that it waits for', async () => {
    const clock = new TaskClock({ mode: 'manual', startMillis });
    const poll = openWork();
    clock.schedule(startMillis + 20_000, poll.finish);
    const done = clock.busy(clock.waiting(poll.promise).then(() => clock.now()));
    await clock.advance(30_000);
    await expect(done).resolves.toBe(startMillis + 20_000);
  });
});

describe('skipping time', () => {
  test('jumps over waits as soon as nothing is under way', async () => {
    const clock = new TaskClock({ mode: 'skipping' });
    const begunAt = clock.now();
    const work = openWork();
    const busy = clock.busy(work.promise);
    const ran: number[] = [];
    clock.schedule(begunAt + 0.9 * hour, () => void ran.push(clock.now() - begunAt));
    await settle();
    expect(ran).toEqual([]);

    work.finish();
    await busy;
    await clock.idle();

    expect(ran).toHaveLength(1);
    expect(ran[0]).toBeGreaterThanOrEqual(0.9 * hour);
    clock.stop();
  });

  test('does not jump over a wait beyond the horizon, until it is told to', async () => {
    const clock = new TaskClock({ mode: 'skipping', horizonMillis: hour });
    const ran: string[] = [];
    clock.schedule(clock.now() + 24 * hour, () => void ran.push('silence means close'));
    await clock.idle();
    await settle();
    expect(ran).toEqual([]);

    await clock.advance(24 * hour);
    expect(ran).toEqual(['silence means close']);
    clock.stop();
  });

  test('comes to rest with a schedule that renews itself in the background, which runs when time passes it', async () => {
    const clock = new TaskClock({ mode: 'skipping' });
    const begunAt = clock.now();
    let ticks = 0;
    const tick = (): void => {
      ticks++;
      clock.schedule(clock.now() + 60_000, tick, { background: true });
    };
    clock.schedule(begunAt + 60_000, tick, { background: true });
    await clock.idle();
    expect(ticks).toBe(0);

    clock.schedule(begunAt + 150_000, () => undefined);
    await clock.idle();
    expect(ticks).toBe(2);
    clock.stop();
  });
});

describe('how fast time passes', () => {
  const machine = jest.spyOn(Date, 'now');
  afterAll(() => {
    machine.mockRestore();
  });

  test.each([
    { mode: 'skipping', underWay: 1_000, idle: 20_000 },
    { mode: 'real', underWay: 20_000, idle: 20_000 },
    { mode: 'manual', underWay: 0, idle: 0 },
  ] as const)('20 s of the machine, $mode: $underWay ms while anything is under way, then $idle ms', async (row) => {
    machine.mockReturnValue(startMillis);
    const clock = new TaskClock({ mode: row.mode });
    const work = openWork();
    const busy = clock.busy(clock.busy(work.promise));
    machine.mockReturnValue(startMillis + 20_000);
    expect(clock.now()).toBe(startMillis + row.underWay);

    work.finish();
    await busy;
    machine.mockReturnValue(startMillis + 40_000);
    expect(clock.now()).toBe(startMillis + row.underWay + row.idle);
    clock.stop();
  });
});

describe('real time', () => {
  test('runs what is due now, leaves the future alone, and can still be moved on', async () => {
    const clock = new TaskClock({ mode: 'real' });
    const now = openWork();
    const ran: string[] = [];
    clock.schedule(clock.now() + hour, () => void ran.push('in an hour'));
    clock.schedule(clock.now(), now.finish);
    await now.promise;
    expect(ran).toEqual([]);

    await clock.advance(hour);
    expect(ran).toEqual(['in an hour']);
    clock.stop();
  });
});
