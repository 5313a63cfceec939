import { failure } from '../../../src/core/result';
import { permissionKey } from '../../../src/core/network/rule-source';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { ACTIONS } from '../events';
import type { InMemoryWorld } from '../in-memory-ports';
import { ask, OFFICE, RULE, run, worldWith } from './grant-world';

/** What may happen to one call: it is refused, its answer is lost after it was made, or the process ends there. */
const FAULTS = ['refused', 'lost-answer', 'killed'] as const;

type Fault = (typeof FAULTS)[number];

interface Injection {
  readonly fault: Fault;
  /** Which call, counted from 0 over the whole story; none is a story without a fault. */
  readonly at: number;
}

const SERVICES = ['ledger', 'targets', 'runbooks', 'schedules', 'events', 'orchestrations', 'brake'] as const;
const ALLOWED = new Set([OFFICE, RULE].map(permissionKey));
const MINUTE_MILLIS = 60_000;
/** From the last read of a story back: every pause between attempts lies in it. */
const STORY_MILLIS = 30 * 60 * MINUTE_MILLIS;

interface Counted {
  calls: number;
  met: string;
}

/** Every call of the services fails once, where the injection says. */
function injectInto(world: InMemoryWorld, { fault, at }: Injection): Counted {
  const counted: Counted = { calls: 0, met: '' };
  const ports = world.ports as unknown as Record<string, Record<string, (...given: unknown[]) => Promise<unknown>>>;
  for (const service of SERVICES) {
    const own = ports[service] ?? {};
    for (const [name, call] of Object.entries(own)) {
      own[name] = async (...given) => {
        if (counted.calls++ !== at) return call(...given);
        counted.met = `${service}.${name}`;
        if (fault === 'killed') throw new Error(`killed at ${counted.met}`);
        if (fault === 'lost-answer') await call(...given);
        // What read surroundings answers is no result; nothing here asks for it.
        return failure({ code: 'unavailable', retryable: true, cause: `${fault} at ${counted.met}` });
      };
    }
  }
  return counted;
}

/** A process that ends leaves what it has done; what waits is worked on by the next one. */
async function survives<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!/killed at|refused at|lost-answer at/.test(String(error))) throw error;
    return undefined;
  }
}

/** Plays a grant of two hours and a day behind it, and says what became of the promises. */
async function play(injection: Injection): Promise<{ readonly counted: Counted; readonly broken: readonly string[] }> {
  const world = worldWith();
  const counted = injectInto(world, injection);
  const broken = new Set<string>();
  const isOpen = () => world.rules.some((rule) => permissionKey(rule) === permissionKey(RULE));
  const check = (when: string): void => {
    if (world.rules.some((rule) => !ALLOWED.has(permissionKey(rule)))) broken.add(`${when}: something else is open`);
    if (!world.rules.includes(OFFICE)) broken.add(`${when}: the rule of others is gone`);
    const known = [...world.grants.values()].some(({ ended }) => ended === undefined);
    if (isOpen() && !known) broken.add(`${when}: it is open, and the ledger does not know that it must end`);
  };
  ask(world);
  await survives(() => run(world));
  check('opened');
  const until = Date.parse('2026-12-01T12:00:00.000Z');
  const isAlarmed = () => world.metrics.includes('GrantsNotEnded') || world.metrics.includes('RemediationsNotClosed');
  while (world.now < until + STORY_MILLIS) {
    const next = [...world.schedules.values()].sort((a, b) => a.at.getTime() - b.at.getTime())[0];
    if (next === undefined) break;
    world.schedules.delete(next.name);
    world.now = Math.max(world.now, next.at.getTime());
    // The queue delivers again what was not done.
    for (let deliveries = 1; deliveries <= 5; deliveries++) {
      const message = { id: next.name, body: JSON.stringify(next.message), deliveries };
      const again = await survives(() =>
        dispatch([message], world.ports, { actionArns: ACTIONS, automaticControls: [] }),
      );
      if (again?.length === 0) break;
    }
    if (world.requests.length > 0) await survives(() => run(world));
    check(next.name);
    const late = world.now - until;
    if (isOpen() && late >= 10 * MINUTE_MILLIS && !isAlarmed())
      broken.add(`${next.name}: open past its end, in silence`);
  }
  if (isOpen()) broken.add('it is open for ever');
  return { counted, broken: [...broken] };
}

test('without a fault a grant ends, and no alarm is raised', async () => {
  const { counted, broken } = await play({ fault: 'refused', at: -1 });
  expect(broken).toEqual([]);
  expect(counted.calls).toBeGreaterThan(20);
});

test.each(FAULTS)(
  'whatever call is %s, nothing is open past its end without an alarm, and nothing for ever',
  async (fault) => {
    const { counted } = await play({ fault, at: -1 });
    const wrong: string[] = [];
    for (let at = 0; at < counted.calls; at++) {
      const { counted: story, broken } = await play({ fault, at });
      if (story.met === '') wrong.push(`call ${String(at)} was not met`);
      wrong.push(...broken.map((each) => `${fault} at ${story.met} (${String(at)}): ${each}`));
    }
    expect(wrong).toEqual([]);
  },
);
