import type { Gate } from '../../../src/flow/drill/gate';
import { deploy, type Deployed } from '../deployed-portcullis';
import { drillInProcess, DRILL_PLACE, leftOvers } from './drill-in-process';

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.openVpc(DRILL_PLACE);
});
afterAll(() => portcullis.stop());

/** What changes something: there it matters whether a drill is killed before the call or when it has taken effect. */
const CHANGING = new Set(['make', 'open', 'startRun', 'importFinding', 'setFields', 'ask']);

/** Asked again and again while something is under way: one such call is like the next. */
const POLLS = new Set(['fetchRun', 'fetchRemediations', 'fetchFinding', 'fetchRequestState']);

type Control = 'EC2.13' | 'EC2.21';

interface Kill {
  readonly control: Control;
  readonly call: number;
  readonly name: string;
  readonly when: 'before' | 'after';
}

/** Never comes back, as a process that is no more. */
const nevermore = new Promise<never>(() => undefined);

async function killAt({ control, call, when }: Kill): Promise<void> {
  let calls = 0;
  let die = (): void => undefined;
  const dead = new Promise<void>((resolve) => (die = resolve));
  const gate: Gate = async (_name, make) => {
    calls += 1;
    if (calls < call) return make();
    if (calls === call && when === 'after') await make();
    die();
    return nevermore;
  };
  const drill = await drillInProcess(portcullis, { control }, gate);
  await Promise.race([dead, drill.play()]);
}

/** The calls of a whole drill, and where in it a drill is killed. */
async function killsOf(control: Control): Promise<readonly Kill[]> {
  const names: string[] = [];
  const drill = await drillInProcess(portcullis, { control }, (name, call) => {
    names.push(name);
    return call();
  });
  await drill.play();
  expect(drill.steps.filter(({ status }) => status !== 'ok')).toEqual([]);
  await drill.clean('own');
  const firstClosing = names.indexOf('ask');
  return names.flatMap((name, index): readonly Kill[] => {
    if (POLLS.has(name) && names[index - 1] === name) return [];
    // A drill that is killed before it reads something leaves what it left after the call before. Where getting so far
    // takes a remediation each, that is not tried again; nor is what both controls have in common.
    const isPlayed = control === 'EC2.13' && index < firstClosing;
    if (!isPlayed && (!CHANGING.has(name) || (control === 'EC2.21' && name === 'startRun'))) return [];
    const call = index + 1;
    const before = { control, call, name, when: 'before' } as const;
    return CHANGING.has(name) ? [before, { ...before, when: 'after' }] : [before];
  });
}

test.each(['EC2.13', 'EC2.21'] as const)(
  'a drill of %s that is killed at any call leaves nothing that --clean does not remove',
  async (control) => {
    const kills = await killsOf(control);
    const changing = kills.filter(({ when }) => when === 'after').map(({ name }) => name);
    expect([...CHANGING].filter((name) => !changing.includes(name))).toEqual(control === 'EC2.21' ? ['startRun'] : []);
    // One after the other they would take minutes; each has a group of its own.
    await Promise.all(kills.map(killAt));
    await portcullis.settle();
    const left = await leftOvers(portcullis);
    // Those that were killed before they made anything leave nothing; all others do.
    expect(left.length).toBeGreaterThan(kills.length - 10);

    const cleaner = await drillInProcess(portcullis);
    await cleaner.clean('all');
    expect(await leftOvers(portcullis)).toEqual([]);
  },
  // Dozens of drills side by side: on a machine that has much else to do they take minutes.
  600_000,
);
