import { ACTIONS, pressed, work } from '../events';
import { findingOn, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
/** Resolved by somebody of whom our ledger knows nothing, such as a second deployment that found the port closed. */
const OF_OTHERS = findingOn(TARGET, { id: 'finding-of-others', workflow: 'RESOLVED' });
const OF_RDP = findingOn(TARGET, {
  id: 'finding-of-EC2.14',
  control: { id: 'EC2.14', parameters: [] },
  workflow: 'RESOLVED',
});

async function choose(world: InMemoryWorld, action: keyof typeof ACTIONS): Promise<void> {
  world.now += 60_000;
  await work(world, { id: `click-${action}`, body: pressed([SSH], { action: ACTIONS[action] }), deliveries: 1 });
}

async function closedAndFoundClosedByOthers(): Promise<InMemoryWorld> {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  await choose(world, 'close');
  world.findings = [...world.findings, OF_OTHERS, OF_RDP];
  return world;
}

test('a finding that somebody else resolved on the target is NEW again when an undo opens what it is about', async () => {
  const world = await closedAndFoundClosedByOthers();
  await choose(world, 'undo');
  expect(world.updates.get(OF_OTHERS.id)).toMatchObject({ workflow: 'NEW' });
  expect(world.updates.get(OF_OTHERS.id)?.note).toContain('undid');
});

test('a finding that somebody else resolved stays as it is where its own control still passes after the undo', async () => {
  const world = await closedAndFoundClosedByOthers();
  await choose(world, 'undo');
  expect(world.updates.has(OF_RDP.id)).toBe(false);
});
