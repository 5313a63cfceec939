import type { Finding } from '../../../src/core/findings/finding';
import { ACTIONS, imported, pressed, work } from '../events';
import { findingOn, ingress, InMemoryWorld, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
const HOUR_MILLIS = 60 * 60 * 1000;

function worldWith(fields: Partial<Finding> = {}): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [{ ...SSH, ...fields }];
  return world;
}

const late = (world: InMemoryWorld, hours: number) => new Date(world.now - hours * HOUR_MILLIS).toISOString();
const click = (world: InMemoryWorld, action: string, hours: number) =>
  work(world, { id: 'click', body: pressed([SSH], { action, time: late(world, hours) }), deliveries: 1 });

describe('an imported finding whose event comes a week late', () => {
  const event = (world: InMemoryWorld) =>
    work(world, {
      id: 'late',
      body: JSON.stringify({ ...(JSON.parse(imported(SSH)) as object), time: late(world, 7 * 24) }),
      deliveries: 1,
    });

  test.each<readonly [string, Partial<Finding>]>([
    ['was suppressed meanwhile', { workflow: 'SUPPRESSED' }],
    ['was resolved meanwhile', { workflow: 'RESOLVED' }],
    ['has been left to a person', { workflow: 'NOTIFIED', portcullisOutcome: 'asked' }],
    ['passes by now', { compliance: 'PASSED' }],
    ['is archived by now', { recordState: 'ARCHIVED' }],
    ['had its closing undone', { portcullisOutcome: 'undone' }],
  ])('starts nothing where the finding %s', async (_, fields) => {
    const world = worldWith(fields);
    await event(world);
    expect(world.starts).toEqual([]);
    expect(world.updates.size).toBe(0);
    expect(world.rules).toHaveLength(1);
  });

  test('closes what is still new and fails: as one does that comes at once', async () => {
    const world = worldWith();
    await event(world);
    expect(world.rules).toEqual([]);
  });
});

test.each([
  ['Close ingress', ACTIONS.close, 25],
  ['Undo closing', ACTIONS.undo, 2],
  ['Accept risk', ACTIONS.accept, 2],
])('a click on %s that comes too late is not carried out, and the finding says so', async (name, action, hours) => {
  const world = worldWith();
  await click(world, action, hours);
  expect(world.starts).toEqual([]);
  expect(world.rules).toHaveLength(1);
  expect(world.updates.get(SSH.id)).toEqual({
    workflow: undefined,
    userDefinedFields: undefined,
    note: expect.stringMatching(
      new RegExp(`^${name}: Portcullis did nothing\\. It was chosen on .*Choose it again`),
    ) as string,
  });
});

test('a closing holds for a day, since its message may wait while something is mended', async () => {
  const world = worldWith();
  await click(world, ACTIONS.close, 23);
  expect(world.rules).toEqual([]);
});

test('a preview holds for ever: it changes nothing', async () => {
  const world = worldWith();
  await click(world, ACTIONS.preview, 7 * 24);
  expect(world.updates.get(SSH.id)?.note).toContain('Would be revoked');
});
