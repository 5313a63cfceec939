import { HIGH_RISK, onlyRecord, run, SSH, worldWith } from '../close-world';
import { InMemoryWorld } from '../in-memory-ports';
import { closed, execute, OPEN, undo } from '../undo-world';

const MINUTE = 60_000;

/** Security Hub answers as it was before the findings came, for so long. */
function hide(world: InMemoryWorld, minutes: number): void {
  world.findingsShowAt = world.now + minutes * MINUTE;
}

const unnotifiedFindings = ({ metrics }: InMemoryWorld) =>
  metrics.filter((each) => each === 'FindingUpdatesFailed').length;

describe('a finding that the dispatcher saw and that does not show any more', () => {
  test('is waited for as long as Security Hub may lag behind, and closed', async () => {
    const world = worldWith();
    hide(world, 5);
    await run(world);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(unnotifiedFindings(world)).toBe(0);
  });

  test('raises an alarm when it never shows, and the others are closed', async () => {
    const world = worldWith();
    world.request([HIGH_RISK]);
    await run(world);
    expect(onlyRecord(world).findings).toMatchObject([{ id: SSH.id }]);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(unnotifiedFindings(world)).toBe(1);
  });

  test('raises an alarm when there is no other', async () => {
    const world = worldWith();
    hide(world, 60);
    await run(world);
    expect(world.rules).toHaveLength(1);
    expect(unnotifiedFindings(world)).toBe(1);
  });

  test('is waited for by a preview', async () => {
    const world = new InMemoryWorld();
    world.rules = [OPEN];
    world.findings = [SSH];
    world.requestPreview([SSH]);
    hide(world, 5);
    await execute(world);
    expect(world.updates.get(SSH.id)?.note).toContain('Would be revoked');
  });
});

describe('an undo', () => {
  test('waits for the findings of a closing that ended a moment ago: none stays RESOLVED over what is open again', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    hide(world, 5);
    await undo(world, closing, []);
    expect(world.rules).toHaveLength(1);
    expect(world.findings).toMatchObject([{ id: SSH.id, workflow: 'NEW' }]);
  });

  test('does not wait for findings of an old closing, which may have been deleted since', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.now += 24 * 60 * MINUTE;
    world.findings = [];
    const began = world.now;
    await undo(world, closing, []);
    expect(world.rules).toHaveLength(1);
    expect(world.now - began).toBeLessThan(MINUTE);
    expect(unnotifiedFindings(world)).toBe(0);
  });
});
