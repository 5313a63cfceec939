import type { Cancel, Clock, ScheduleOptions } from './clock';

export interface TaskClockOptions {
  readonly mode: Clock['mode'];
  /** Where `manual` time stands at first; the other modes start at the machine's time. Default: the machine's time. */
  readonly startMillis?: number;
  /** Waits longer than this are not skipped. Default: one hour. */
  readonly horizonMillis?: number;
}

interface Task {
  readonly atMillis: number;
  readonly run: () => void | Promise<void>;
  /** Whether `skipping` time jumps for it. */
  readonly pulls: boolean;
}

const LONGEST_TIMEOUT_MILLIS = 2 ** 31 - 1;

/**
 * How fast time passes while anything is under way, of the machine's. A function that starts on a busy machine takes
 * seconds where Lambda takes milliseconds, and with them would pass what waits for two seconds. Not nought where time
 * passes at all: what happens later has a later time.
 */
const PACE_UNDER_WAY = { manual: 0, skipping: 1 / 20, real: 1 } as const;

/** One clock for all three modes: they differ in what moves time, not in how tasks run. */
export class TaskClock implements Clock {
  readonly mode: Clock['mode'];
  readonly #horizonMillis: number;
  /** What the time was when the machine's was `#machineMillis`: it has passed at one pace since. */
  #sinceMillis: number;
  #machineMillis = Date.now();
  /** Ordered by time; tasks of one moment stay in the order in which they were scheduled. */
  #tasks: Task[] = [];
  #underWay = 0;
  readonly #awaitingRest: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pulling = false;
  #advancing = false;
  #stopped = false;

  constructor(options: TaskClockOptions) {
    this.mode = options.mode;
    this.#sinceMillis = options.mode === 'manual' ? (options.startMillis ?? this.#machineMillis) : this.#machineMillis;
    this.#horizonMillis = options.horizonMillis ?? 3_600_000;
  }

  now(): number {
    return Math.floor(this.#exactly());
  }

  get paceUnderWay(): number {
    return PACE_UNDER_WAY[this.mode];
  }

  schedule(atMillis: number, run: () => void | Promise<void>, options: ScheduleOptions = {}): Cancel {
    if (this.#stopped) return () => undefined;
    const pulls = options.background !== true && atMillis - this.now() <= this.#horizonMillis;
    const task: Task = { atMillis, run, pulls };
    this.#tasks.splice(this.#firstAfter(atMillis), 0, task);
    this.#rearm();
    return () => {
      // Those of one moment stand together, and are few.
      let at = this.#firstAfter(atMillis) - 1;
      while (at >= 0 && this.#tasks[at] !== task && this.#tasks[at]?.atMillis === atMillis) at--;
      if (at >= 0 && this.#tasks[at] === task) this.#tasks.splice(at, 1);
      this.#rearm();
    };
  }

  async busy<Value>(work: Promise<Value>): Promise<Value> {
    this.#oneMore();
    try {
      return await work;
    } finally {
      this.#oneLess();
    }
  }

  async waiting<Value>(wait: Promise<Value>): Promise<Value> {
    this.#oneLess();
    try {
      return await wait;
    } finally {
      this.#oneMore();
    }
  }

  async advance(millis: number): Promise<void> {
    const untilMillis = this.now() + millis;
    this.#advancing = true;
    try {
      await this.#quiet();
      for (let task = this.#takeDue(untilMillis); task; task = this.#takeDue(untilMillis)) {
        this.#moveTo(task.atMillis);
        await task.run();
        await this.#quiet();
      }
      this.#moveTo(untilMillis);
    } finally {
      this.#advancing = false;
      this.#rearm();
    }
  }

  jump(millis: number): void {
    this.#moveTo(this.now() + millis);
    this.#rearm();
  }

  async idle(): Promise<void> {
    await this.#quiet();
    while (this.mode === 'skipping' && !this.#stopped && this.#tasks.some(({ pulls }) => pulls)) {
      await turn();
      await this.#quiet();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#tasks = [];
    clearTimeout(this.#timer);
  }

  #oneMore(): void {
    if (this.#underWay === 0) this.#adjustPace();
    this.#underWay++;
  }

  #oneLess(): void {
    if (this.#underWay > 1) {
      this.#underWay--;
      return;
    }
    this.#adjustPace();
    this.#underWay--;
    this.#rearm();
    for (const resume of this.#awaitingRest.splice(0)) resume();
  }

  /** Waits for what is under way, and for the turns of the event loop in which its listeners may start something. */
  async #quiet(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 2; quietTurns++) {
      await turn();
      if (this.#underWay === 0) continue;
      // Not turn by turn: the processor belongs to the functions' processes now.
      await new Promise<void>((resume) => this.#awaitingRest.push(resume));
      quietTurns = -1;
    }
  }

  /** Halving: thousands wait when a burst is played. */
  #firstAfter(atMillis: number): number {
    let [low, high] = [0, this.#tasks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tasks[middle]?.atMillis ?? Infinity) > atMillis) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #takeDue(untilMillis: number): Task | undefined {
    const first = this.#tasks[0];
    return first && first.atMillis <= untilMillis ? this.#tasks.shift() : undefined;
  }

  get #pace(): number {
    return this.mode === 'manual' || this.#underWay > 0 ? this.paceUnderWay : 1;
  }

  #exactly(machineMillis = Date.now()): number {
    return this.#sinceMillis + (machineMillis - this.#machineMillis) * this.#pace;
  }

  #moveTo(millis: number): void {
    const machineMillis = Date.now();
    this.#sinceMillis = Math.max(millis, this.#exactly(machineMillis));
    this.#machineMillis = machineMillis;
  }

  /** Before the pace changes: what has passed has passed at the one until now. */
  #adjustPace(): void {
    this.#moveTo(0);
  }

  #runDue(): void {
    for (let task = this.#takeDue(this.now()); task; task = this.#takeDue(this.now())) {
      const { run } = task;
      // A task that throws is a bug of the sandbox: the rejection is left to end the process.
      void this.busy((async () => run())());
    }
    this.#rearm();
  }

  #rearm(): void {
    clearTimeout(this.#timer);
    const first = this.#tasks[0];
    if (!first || this.mode === 'manual' || this.#advancing || this.#stopped) return;
    const inMillis = Math.min(Math.max(first.atMillis - this.now(), 0) / this.#pace, LONGEST_TIMEOUT_MILLIS);
    this.#timer = setTimeout(() => {
      this.#runDue();
    }, inMillis).unref();
    this.#pull();
  }

  /** Jumps to the next task when nothing is under way any more, a little later, because listeners may start work. */
  #pull(): void {
    if (this.mode !== 'skipping' || this.#pulling || this.#underWay > 0) return;
    this.#pulling = true;
    void (async () => {
      await turn();
      await turn();
      this.#pulling = false;
      const first = this.#tasks[0];
      if (!first || this.#underWay > 0 || this.#advancing || !this.#tasks.some(({ pulls }) => pulls)) return;
      this.#moveTo(first.atMillis);
      this.#runDue();
    })();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
