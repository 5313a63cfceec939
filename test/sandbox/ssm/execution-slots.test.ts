import { ExecutionSlots } from '../../../sandbox/ssm/execution-slots';

const PLACE = ['222222222222', 'eu-central-1'] as const;

/** Executions that end when they are told to. */
function startMany(slots: ExecutionSlots, count: number) {
  const ends: (() => void)[] = [];
  for (let each = 0; each < count; each++) {
    slots.run(...PLACE, () => new Promise<void>((resolve) => ends.push(resolve)));
  }
  return ends;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the slots of an account and Region', () => {
  test('hold 100 executions; the next begins when one has ended', async () => {
    const slots = new ExecutionSlots();
    const ends = startMany(slots, 102);
    expect(ends).toHaveLength(100);
    ends[3]?.();
    await turn();
    expect(ends).toHaveLength(101);
  });

  test('are others elsewhere', () => {
    const slots = new ExecutionSlots();
    startMany(slots, 100);
    let isRunning = false;
    slots.run('333333333333', 'eu-central-1', () => {
      isRunning = true;
      return Promise.resolve();
    });
    expect(isRunning).toBe(true);
  });

  test('let 5,000 wait, and no more', () => {
    const slots = new ExecutionSlots();
    startMany(slots, 5_099);
    expect(() => slots.checkRoom(...PLACE)).not.toThrow();
    startMany(slots, 1);
    expect(() => slots.checkRoom(...PLACE)).toThrow(/exceeded the allowable limit/);
  });
});
