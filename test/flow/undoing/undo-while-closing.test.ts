import type { Finding } from '../../../src/core/findings/finding';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { permissionKey } from '../../../src/core/network/rule-source';
import type { Durable } from '../../../src/flow/ports';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { ACTIONS, imported, pressed, work } from '../events';
import { failed, findingOn, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';

const RISKY = findingOn(TARGET, { control: { id: 'EC2.19', parameters: [] } });
const OTHER = findingOn(TARGET, { id: 'finding-of-EC2.13', control: { id: 'EC2.13', parameters: [] } });

/** Keeps 80 and 443 open: three calls, of which the last closes. */
const WIDE = ingress('sgr-wide', { FromPort: 0, ToPort: 65_535, Description: 'until Friday' });
/** Two calls, each of which closes. */
const TWO = [ingress('sgr-ssh'), ingress('sgr-telnet', { FromPort: 23, ToPort: 23 })];

const FIRST = '2026-03-01T12:00:00Z';
const LATER = '2026-03-01T12:00:05Z';
const LAST = '2026-03-01T12:00:09Z';

let messages = 0;
const message = (body: string) => ({ id: `message-${String((messages += 1))}`, body, deliveries: 1 });
const close = (finding = RISKY, time = FIRST) => message(pressed([finding], { time }));
const undo = (finding = RISKY, time = LATER) => message(pressed([finding], { action: ACTIONS.undo, time }));

function worldWith(rules: InMemoryWorld['rules'], ...findings: Finding[]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = findings.length === 0 ? [RISKY] : findings;
  return world;
}

/** Does something once, right before or after the step of a name that begins so. */
function meanwhile(
  world: InMemoryWorld,
  step: string,
  happen: () => Promise<void>,
  when: 'before' | 'after' = 'before',
) {
  let isDue = true;
  const { durable } = world.ports;
  const interrupted: Durable = {
    ...durable,
    step: async (name, run) => {
      const now = isDue && name.startsWith(step);
      if (now) isDue = false;
      if (now && when === 'before') await happen();
      const result = await durable.step(name, run);
      if (now && when === 'after') await happen();
      return result;
    },
  };
  Object.assign(world.ports, { durable: interrupted });
}

/** The dispatcher takes messages while the target is held: the execution that runs finds what it wrote. */
async function arrive(world: InMemoryWorld, ...some: Parameters<typeof work>[1][]): Promise<void> {
  await dispatch(some, world.ports, { actionArns: ACTIONS, automaticControls: ['EC2.13', 'EC2.19'] });
  world.starts.splice(0);
}

const recordsOf = ({ records }: InMemoryWorld): readonly RemediationRecord[] => [...records.values()];
const outcomesOf = (world: InMemoryWorld) => recordsOf(world).map(({ action, outcome }) => `${action} ${outcome}`);
const shapeOf = ({ rules }: InMemoryWorld) =>
  rules.map((rule) => `${permissionKey(rule)} ${rule.Description ?? ''}`).sort();
const findingOf = (world: InMemoryWorld, { id } = RISKY) => world.findings.find((each) => each.id === id);
const noteOf = (world: InMemoryWorld, { id } = RISKY) => world.updates.get(id)?.note ?? '';

const MOMENTS: readonly (readonly [moment: string, step: string, runsOfClosing: number])[] = [
  ['while it gathers, before it knows its requests', 'open work', 0],
  ['before it has read its findings', 'read findings', 0],
  ['before it has looked at the target', 'observe 0.0', 0],
  ['before the before-state is stored', 'store before-state 0', 0],
  ['while its first call is under way', 'start RevokeSecurityGroupIngress 0.0', 1],
  ['between two calls', 'look RevokeSecurityGroupIngress 0.0 0', 1],
  ['while its last call is under way', 'start RevokeSecurityGroupIngress 0.1', 2],
  ['after the last call, before the read-back', 'observe 1.0', 2],
  ['after the record is finished, before the findings are updated', 'update findings 0', 2],
  ['after the findings are updated, before the requests are answered', 'answer requests', 2],
  ['right before the target is released', 'release', 2],
];

describe('Undo closing chosen while the closing runs is taken: everything is as before, and the finding says so', () => {
  test.each(MOMENTS)('%s', async (_, step, runs) => {
    const world = worldWith(TWO);
    const before = shapeOf(world);
    meanwhile(world, step, () => arrive(world, undo()));
    await work(world, close());

    expect(shapeOf(world)).toEqual(before);
    const closing = recordsOf(world).find(({ action }) => action === 'close');
    expect(closing?.runs.length).toBe(runs);
    expect(noteOf(world)).toContain(closing?.remediationId);
    expect(noteOf(world)).toMatch(runs === 0 ? /Nothing to undo .* stopped before it changed/ : /undid closing/);
    expect(findingOf(world)).toMatchObject({
      workflow: 'NEW',
      portcullisOutcome: runs === 0 ? 'stopped' : 'undone',
    });
    expect(world.requests).toEqual([]);
    expect(world.claims.values().next().value?.generation).toBe(2);
  });

  test.each([
    ['one that adds first what is to stay', [WIDE], 'look AuthorizeSecurityGroupIngress 0.0 0', 'close stopped'],
    ['one that has just made its last call', [WIDE], 'observe 1.0', 'close closed'],
  ])('%s', async (_, rules, step, outcome) => {
    const world = worldWith(rules);
    const before = shapeOf(world);
    meanwhile(world, step, () => arrive(world, undo()));
    await work(world, close());
    expect(shapeOf(world)).toEqual(before);
    expect(outcomesOf(world)).toEqual([outcome, 'undo undone']);
  });

  test('from a terminal, which names the closing', async () => {
    const world = worldWith(TWO);
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => {
      world.requestUndo(recordsOf(world)[0]?.remediationId, [], { decidedBy: 'portcullis undo by alice' });
      return Promise.resolve();
    });
    await work(world, close());
    expect(outcomesOf(world)).toEqual(['close stopped', 'undo undone']);
    expect(recordsOf(world)[0]?.reasons).toEqual([{ code: 'stopped-by-undo', decidedBy: 'portcullis undo by alice' }]);
    expect(world.rules).toHaveLength(2);
  });

  test('though the finding still names an earlier closing', async () => {
    const world = worldWith(TWO);
    await work(world, close());
    world.rules = TWO;
    world.now += 86_400_000;
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, undo(RISKY, '2026-03-02T12:00:05Z')));
    await work(world, close(RISKY, '2026-03-02T12:00:00Z'));
    expect(outcomesOf(world)).toEqual(['close closed', 'close stopped', 'undo undone']);
    expect(recordsOf(world)[2]?.undoes).toBe(recordsOf(world)[1]?.remediationId);
    expect(world.rules).toHaveLength(2);
  });

  test('on another finding of the same target, which says it too', async () => {
    const world = worldWith(TWO, RISKY, OTHER);
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, undo(OTHER)));
    await work(world, close());
    expect(outcomesOf(world)).toEqual(['close stopped', 'undo undone']);
    for (const finding of [RISKY, OTHER]) expect(noteOf(world, finding)).toContain('undid closing');
  });

  test('in one batch with the click that it takes back', async () => {
    const world = worldWith(TWO);
    await work(world, undo(), close());
    expect(world.runs).toEqual([]);
    expect(noteOf(world)).toContain('stopped before it changed anything');
    expect(findingOf(world)).toMatchObject({ workflow: 'NEW', portcullisOutcome: 'stopped' });
  });

  test('once, though its message comes twice', async () => {
    const world = worldWith(TWO);
    const chosen = undo();
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, chosen));
    await work(world, close());
    const { note } = world.updates.get(RISKY.id) ?? {};
    await work(world, { ...chosen, deliveries: 2 });
    expect(outcomesOf(world)).toEqual(['close stopped', 'undo undone']);
    expect(noteOf(world)).toBe(note);
  });
});

describe('what was undone stays undone', () => {
  test('a second click on Close ingress before the undo is taken back with it', async () => {
    const world = worldWith(TWO);
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () =>
      arrive(world, close(RISKY, '2026-03-01T12:00:01Z'), undo()),
    );
    await work(world, close());
    expect(world.rules).toHaveLength(2);
    expect(outcomesOf(world)).toEqual(['close stopped', 'close stopped', 'undo undone']);
    expect(recordsOf(world)[2]?.undoes).toBe(recordsOf(world)[0]?.remediationId);
  });

  test('a finding that joins by itself while the closing runs is left to a person', async () => {
    const world = worldWith(TWO, RISKY, OTHER);
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, message(imported(OTHER)), undo()));
    await work(world, close());
    expect(world.rules).toHaveLength(2);
  });

  test.each([
    ['nothing was changed yet', 'store before-state 0'],
    ['something was', 'look RevokeSecurityGroupIngress 0.0 0'],
  ])('no finding of another control has it closed by itself afterwards: %s', async (_, step) => {
    const world = worldWith(TWO, RISKY, OTHER);
    meanwhile(world, step, () => arrive(world, undo()));
    await work(world, close());
    await work(world, message(imported(OTHER)), message(imported(RISKY)));
    expect(world.rules).toHaveLength(2);
    expect(findingOf(world, OTHER)).toMatchObject({ workflow: 'NOTIFIED', portcullisOutcome: 'asked' });
  });

  test('another click on Undo closing does not go on to a closing of long ago', async () => {
    const world = worldWith([ingress('sgr-ssh')]);
    await work(world, close());
    world.rules = [ingress('sgr-telnet', { FromPort: 23, ToPort: 23 })];
    world.now += 86_400_000;
    meanwhile(world, 'observe 0.0', () => arrive(world, undo(RISKY, '2026-03-02T12:00:05Z')));
    await work(world, close(RISKY, '2026-03-02T12:00:00Z'));
    await work(world, undo(RISKY, '2026-03-02T12:01:00Z'));
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([23]);
    expect(noteOf(world)).toContain('stopped before it changed anything');
  });
});

describe('what somebody chose after the undo is done after it', () => {
  test('Close ingress, chosen again', async () => {
    const world = worldWith(TWO);
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, close(RISKY, LAST), undo()));
    await work(world, close());
    expect(outcomesOf(world)).toEqual(['close stopped', 'undo undone', 'close closed']);
    expect(world.rules).toEqual([]);
    expect(findingOf(world)?.workflow).toBe('RESOLVED');
  });

  test('a closing chosen after an undo whose message was late is not taken back by it', async () => {
    const world = worldWith(TWO);
    meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, undo()));
    await work(world, close(RISKY, LAST));
    expect(outcomesOf(world)).toEqual(['close closed', 'undo nothing-to-undo']);
    expect(world.rules).toEqual([]);
  });
});

test('an undo of another closing lets the one under way end first', async () => {
  const elsewhere = { ...OTHER, portcullisRemediationId: 'rem-0123456789abcdef' };
  const world = worldWith(TWO, RISKY, elsewhere);
  meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, undo(elsewhere)));
  await work(world, close());
  expect(outcomesOf(world)[0]).toBe('close closed');
});

test('between two calls, a ledger that cannot be read lets nothing more be touched, and the closing goes on later', async () => {
  const world = worldWith(TWO);
  // With the look at what the call did, and in the step of its own that follows.
  let problems = 2;
  let reads = 0;
  world.whenReadingUndos = () =>
    ++reads > 1 && problems-- > 0 ? failed('unavailable', 'No answer.', true) : undefined;
  await work(world, close());
  expect(outcomesOf(world)).toEqual(['close closed']);
  expect(world.rules).toEqual([]);
  expect(recordsOf(world)[0]?.runs.map(({ end }) => end)).toEqual(['effect-seen', 'effect-seen']);
});

const OWN_STEP = 'look for an undo 0.1';

test('the look for an undo is part of the read that sees what the call before did', async () => {
  const world = worldWith(TWO);
  let reads = 0;
  world.whenReadingUndos = () => void (reads += 1);
  await work(world, close());
  // Before the first call and before the second; none behind the last.
  expect(reads).toBe(2);
  expect(world.steps.filter((name) => name.includes(OWN_STEP))).toEqual([]);
});

test('where the ledger does not answer that read, a step of its own finds the undo, and nothing more is run', async () => {
  const world = worldWith(TWO);
  let reads = 0;
  world.whenReadingUndos = () => (++reads === 2 ? failed('unavailable', 'No answer.', true) : undefined);
  meanwhile(world, OWN_STEP, () => arrive(world, undo()));
  await work(world, close());
  expect(world.steps.filter((name) => name.includes(OWN_STEP))).toHaveLength(1);
  expect(outcomesOf(world)).toEqual(['close stopped', 'undo undone']);
  expect(world.rules).toHaveLength(2);
});

test('a call whose effect is not there to be seen is waited for, and no undo is searched for meanwhile', async () => {
  const world = worldWith(TWO);
  let reads = 0;
  world.whenReadingUndos = () => void (reads += 1);
  meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => {
    world.staleReads = 1;
    return Promise.resolve();
  });
  await work(world, close());
  expect(reads).toBe(2);
  expect(outcomesOf(world)).toEqual(['close closed']);
});

test('an undo that is lost in the middle is found by the next arrival', async () => {
  const world = worldWith(TWO);
  meanwhile(world, 'look RevokeSecurityGroupIngress 0.0 0', () => arrive(world, undo()));
  meanwhile(world, 'read remediations of target', () => Promise.reject(new TypeError('a bug')));
  await expect(work(world, close())).rejects.toThrow('a bug');
  expect(findingOf(world)).toMatchObject({ workflow: 'NEW', portcullisOutcome: 'stopped' });
  await work(world, undo(RISKY, LAST));
  expect(world.rules).toHaveLength(2);
});
