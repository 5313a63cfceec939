import { ACTIONS, pressed, work } from '../events';
import { findingOn, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
const HIGH_RISK = findingOn(TARGET, { id: 'finding-of-EC2.19', control: { id: 'EC2.19', parameters: [] } });
let clicks = 0;

async function choose(world: InMemoryWorld, action: keyof typeof ACTIONS, ...findings: (typeof SSH)[]) {
  world.now += 60_000;
  await work(world, {
    id: `click-${String(++clicks)}`,
    body: pressed(findings, { action: ACTIONS[action] }),
    deliveries: 1,
  });
}

/** A finding whose closing changed something; then come more remediations that did not. */
async function closedWorld(): Promise<InMemoryWorld> {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh', { Description: 'first' })];
  world.findings = [SSH];
  await choose(world, 'close', SSH);
  expect(world.rules).toEqual([]);
  return world;
}

const lastRecord = (world: InMemoryWorld) => [...world.records.values()].at(-1);
const idOf = (world: InMemoryWorld, place: number) => [...world.records.keys()][place] ?? '';

describe('Undo closing on a finding whose last remediation changed nothing', () => {
  test('goes on to the closing that did: the last one was closed already', async () => {
    const world = await closedWorld();
    await choose(world, 'close', SSH);
    expect(lastRecord(world)?.outcome).toBe('already-closed');
    await choose(world, 'undo', SSH);

    expect(world.rules).toMatchObject([{ Description: 'first' }]);
    expect(lastRecord(world)).toMatchObject({ outcome: 'undone', undoes: idOf(world, 0) });
    expect(world.records.get(idOf(world, 0))?.undoneBy).toBe(lastRecord(world)?.remediationId);
    expect(world.updates.get(SSH.id)?.note).toContain(idOf(world, 0));
  });

  test.each([
    [
      'could not be read',
      (world: InMemoryWorld) =>
        (world.whenObserving = () => ({ code: 'access-denied', retryable: false, cause: 'Denied.' })),
    ],
    [
      'was refused',
      (world: InMemoryWorld) =>
        (world.whenRunning = () => ({ kind: 'failed', code: 'UnauthorizedOperation', reason: 'Denied.' })),
    ],
  ] as const)('goes on to the closing that did: the last one %s', async (_, misbehave) => {
    const world = await closedWorld();
    // Something else is open now, which the last closing did not get to close.
    world.rules = [ingress('sgr-other', { CidrIpv4: '0.0.0.0/0', FromPort: 20, ToPort: 21 })];
    world.findings = [...world.findings, HIGH_RISK];
    misbehave(world);
    await choose(world, 'close', SSH, HIGH_RISK);
    world.whenObserving = () => undefined;
    world.whenRunning = () => undefined;
    await choose(world, 'undo', SSH);
    expect(world.rules.map(({ FromPort }) => FromPort)).toContain(22);
    expect(lastRecord(world)).toMatchObject({ undoes: idOf(world, 0) });
  });

  test('passes over a closing that had been undone before that', async () => {
    const world = await closedWorld();
    world.rules = [ingress('sgr-second', { Description: 'second', ToPort: 23 })];
    await choose(world, 'close', SSH);
    await choose(world, 'undo', SSH);
    // Somebody closes it by hand, and it is found closed.
    world.rules = [];
    await choose(world, 'close', SSH);
    expect(lastRecord(world)?.outcome).toBe('already-closed');
    await choose(world, 'undo', SSH);
    expect(lastRecord(world)).toMatchObject({ action: 'undo', undoes: idOf(world, 0) });
  });

  test('undoes nothing more when it is asked for twice', async () => {
    const world = await closedWorld();
    world.rules = [ingress('sgr-second', { Description: 'second', ToPort: 23 })];
    await choose(world, 'close', SSH);
    await choose(world, 'close', SSH);
    expect(lastRecord(world)?.outcome).toBe('already-closed');
    const named = idOf(world, 2);
    world.requestUndo(named, [SSH]);
    world.now += 60_000;
    await choose(world, 'undo', SSH);
    world.requestUndo(named, [SSH]);
    await choose(world, 'preview', SSH);

    expect([...world.records.values()].filter(({ action }) => action === 'undo')).toHaveLength(1);
    expect(world.rules.map(({ Description }) => Description)).toEqual(['second']);
  });

  test('says that there is none, where none of them changed anything', async () => {
    const world = new InMemoryWorld();
    world.findings = [SSH];
    await choose(world, 'close', SSH);
    await choose(world, 'undo', SSH);
    expect(lastRecord(world)).toMatchObject({ action: 'undo', outcome: 'nothing-to-undo' });
    expect(world.updates.get(SSH.id)?.note).toContain('It changed nothing: it ended as already-closed.');
  });
});

test('Undo closing on a finding whose undo broke off goes on with it', async () => {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-1'), ingress('sgr-2', { FromPort: 23, ToPort: 23 })];
  world.findings = [HIGH_RISK];
  await choose(world, 'close', HIGH_RISK);
  let started = 0;
  world.whenRunning = () =>
    ++started === 2 ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Denied.' } : undefined;
  await choose(world, 'undo', HIGH_RISK);
  expect(lastRecord(world)?.outcome).toBe('partly-undone');
  world.whenRunning = () => undefined;
  await choose(world, 'undo', HIGH_RISK);
  expect(lastRecord(world)).toMatchObject({ outcome: 'undone', undoes: idOf(world, 0) });
  expect(world.rules).toHaveLength(2);
});

test('portcullis undo means the remediation that it names, and names the one that changed something', async () => {
  const world = await closedWorld();
  await choose(world, 'close', SSH);
  world.requestUndo(idOf(world, 1), []);
  await choose(world, 'preview', SSH);
  const undo = [...world.records.values()].find(({ action }) => action === 'undo');
  expect(undo).toMatchObject({ outcome: 'nothing-to-undo', undoes: idOf(world, 1) });
  expect(undo?.reasons).toEqual([{ code: 'changed-nothing', outcome: 'already-closed', other: idOf(world, 0) }]);
  expect(world.rules).toEqual([]);
});

test('several findings of one closing that are selected together are updated by one undo', async () => {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH, HIGH_RISK];
  await choose(world, 'close', SSH);
  // Found closed since, each in a remediation of its own.
  await choose(world, 'close', HIGH_RISK);
  await choose(world, 'undo', SSH, HIGH_RISK);
  expect([...world.records.values()].filter(({ action }) => action === 'undo')).toHaveLength(1);
  for (const { id } of [SSH, HIGH_RISK]) expect(world.updates.get(id)).toMatchObject({ workflow: 'NEW' });
});
