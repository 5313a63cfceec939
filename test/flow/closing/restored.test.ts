import type { Finding } from '../../../src/core/findings/finding';
import { targetKey } from '../../../src/core/target';
import { ACTIONS, imported, pressed, work } from '../events';
import { ACL, entry, failed, findingOn, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
const HIGH_RISK = findingOn(TARGET, { id: 'finding-of-EC2.19', control: { id: 'EC2.19', parameters: [] } });
const RDP = findingOn(TARGET, { id: 'finding-of-EC2.14', control: { id: 'EC2.14', parameters: [] } });
let messages = 0;

async function choose(world: InMemoryWorld, action: keyof typeof ACTIONS, ...findings: Finding[]) {
  world.now += 60_000;
  const body = pressed(findings, { action: ACTIONS[action] });
  await work(world, { id: `message-${String(++messages)}`, body, deliveries: 1 });
}

/** Security Hub sends new findings, all in one batch. */
async function arrive(world: InMemoryWorld, ...findings: Finding[]) {
  world.now += 60_000;
  world.findings = [...world.findings.filter(({ id }) => !findings.some((each) => each.id === id)), ...findings];
  await work(
    world,
    ...findings.map((each) => ({ id: `message-${String(++messages)}`, body: imported(each), deliveries: 1 })),
  );
}

/** tcp 22 was closed for EC2.13, and a person had it undone. */
async function undoneWorld(): Promise<InMemoryWorld> {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  await choose(world, 'close', SSH);
  await choose(world, 'undo', SSH);
  expect(world.rules).toHaveLength(1);
  world.updates.clear();
  world.runs.length = 0;
  world.events.length = 0;
  return world;
}

const ports = (world: InMemoryWorld) => world.rules.map(({ FromPort }) => FromPort);

describe('after a person had a closing undone, automatic closing', () => {
  test('leaves what was given back to a person, also for a new finding of another control, and says so there', async () => {
    const world = await undoneWorld();
    await arrive(world, HIGH_RISK);

    expect(world.runs).toEqual([]);
    expect(world.rules).toHaveLength(1);
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('NOTIFIED');
    const note = world.updates.get(HIGH_RISK.id)?.note ?? '';
    const undo = [...world.records.values()].find(({ action }) => action === 'undo');
    expect(note).toContain(`Undo ${undo?.remediationId ?? '?'} gave tcp 22 from 0.0.0.0/0`);
    expect(note).toContain('2026-03-01');
    expect(note).toContain('only a person has it closed again, by Close ingress');
    expect([...world.records.values()].at(-1)).toMatchObject({ outcome: 'asked', trigger: 'automatic' });
    expect(world.events).toMatchObject([{ detailType: 'Decision Needed' }]);
    expect(world.updates.has(SSH.id)).toBe(false);
  });

  test('closes what was opened since, for the controls that what was given back does not concern', async () => {
    const world = await undoneWorld();
    world.rules = [...world.rules, ingress('sgr-rdp', { FromPort: 3389, ToPort: 3389 })];
    await arrive(world, RDP, HIGH_RISK);

    expect(ports(world)).toEqual([22]);
    expect(world.updates.get(RDP.id)?.workflow).toBe('RESOLVED');
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('NOTIFIED');
    const [closing, asked] = [...world.records.values()].slice(-2);
    expect(closing).toMatchObject({ outcome: 'closed', findings: [{ id: RDP.id }] });
    expect(asked).toMatchObject({ outcome: 'asked', findings: [{ id: HIGH_RISK.id }] });
    expect(world.requests).toEqual([]);
  });

  test('does so whatever looks are stale right after the undo', async () => {
    const world = await undoneWorld();
    world.staleReads = 1;
    await arrive(world, HIGH_RISK);
    expect(ports(world)).toEqual([22]);
  });

  test('closes again what a person has had closed since, and somebody opened once more', async () => {
    const world = await undoneWorld();
    await choose(world, 'close', ...world.findings);
    expect(world.rules).toEqual([]);
    world.rules = [ingress('sgr-again')];
    await arrive(world, HIGH_RISK);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('RESOLVED');
  });

  test('does so too when a person had it closed, and it was found closed by hand', async () => {
    const world = await undoneWorld();
    world.rules = [];
    await choose(world, 'close', ...world.findings);
    expect([...world.records.values()].at(-1)?.outcome).toBe('already-closed');
    world.rules = [ingress('sgr-again')];
    await arrive(world, HIGH_RISK);
    expect(world.rules).toEqual([]);
  });

  test('still leaves alone what a person has not had closed: the close was for something else', async () => {
    const world = await undoneWorld();
    world.rules = [...world.rules, ingress('sgr-rdp', { FromPort: 3389, ToPort: 3389 })];
    world.findings = [...world.findings, RDP];
    await choose(world, 'close', RDP);
    expect(ports(world)).toEqual([22]);
    await arrive(world, HIGH_RISK);
    expect(ports(world)).toEqual([22]);
  });

  test('takes away with a person’s close what that one’s own control forbids', async () => {
    const world = await undoneWorld();
    world.findings = [...world.findings, RDP];
    world.request([world.findings[0] ?? SSH]);
    await arrive(world, HIGH_RISK);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('RESOLVED');
  });

  test('asks a person when it cannot be read what was given back', async () => {
    const world = await undoneWorld();
    world.whenReadingRestored = () => failed('invalid', 'It is not in the ledger as it was written.');
    await arrive(world, HIGH_RISK);
    expect(world.runs).toEqual([]);
    expect(world.updates.get(HIGH_RISK.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.updates.get(HIGH_RISK.id)?.note).toContain('not in the ledger as it was written');
  });
});

test('an undo that cannot store what it gives back touches nothing', async () => {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  await choose(world, 'close', SSH);
  world.whenSavingRestored = () => failed('unavailable', 'The ledger is down.');
  await choose(world, 'undo', SSH);
  expect(world.rules).toEqual([]);
  expect([...world.records.values()].at(-1)).toMatchObject({ action: 'undo', outcome: 'failed', runs: [] });
  expect(world.findings[0]?.workflow).toBe('RESOLVED');
});

test('what an undo was refused to put back is not taken for given back', async () => {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  await choose(world, 'close', SSH);
  world.whenRunning = () => ({ kind: 'failed', code: 'UnauthorizedOperation', reason: 'Denied.' });
  await choose(world, 'undo', SSH);
  expect(world.restored.get(targetKey(TARGET))).toEqual([]);
});

test('an entry of a network ACL that was given back is left to a person', async () => {
  const finding = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });
  const world = new InMemoryWorld();
  world.entries = [entry(100, { PortRange: { From: 0, To: 65535 } })];
  world.findings = [finding];
  await choose(world, 'close', finding);
  await choose(world, 'undo', finding);
  const before = world.entries;
  world.runs.length = 0;

  world.request([{ ...finding, id: 'another' }], { trigger: 'automatic', decidedBy: 'policy: EC2.21 automatic' });
  world.findings = [...world.findings, { ...finding, id: 'another' }];
  await choose(world, 'preview', finding);
  expect(world.runs).toEqual([]);
  expect(world.entries).toEqual(before);
  expect(world.updates.get('another')?.note).toContain('gave entry 100 tcp 0-65535 from 0.0.0.0/0 back');
});

test('a person has closed what the ledger does not know any more whether it was restored', async () => {
  const world = await undoneWorld();
  world.whenReadingRestored = () => failed('invalid', 'It is not in the ledger as it was written.');
  await choose(world, 'close', SSH);
  expect(world.rules).toEqual([]);
  expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
});
