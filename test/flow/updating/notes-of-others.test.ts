import { onlyRecord, run, SSH, worldWith } from '../close-world';
import { failed, findingOn, ingress, TARGET, type InMemoryWorld } from '../in-memory-ports';
import { closed, OPEN, undo } from '../undo-world';

const noteBy = (updatedBy: string, text: string) => ({ text, updatedBy, updatedAt: '2026-03-01T12:00:03.000Z' });
const BEFORE = noteBy('alice', 'Ask me first.');
const MEANWHILE = noteBy('bob', 'I look into it.');

const portsOf = (port: number) => ({ FromPort: port, ToPort: port });

function write(world: InMemoryWorld, note = MEANWHILE): void {
  world.findings = world.findings.map((each) => ({ ...each, note }));
}

describe('a note that somebody writes while a remediation is under way', () => {
  test.each([
    { outcome: 'closed', answered: undefined },
    { outcome: 'failed', answered: failed('access-denied', 'Denied.') },
  ])('is in the ledger before ours replaces it: $outcome', async ({ outcome, answered }) => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, note: BEFORE }]);
    world.whenRunning = () => {
      write(world);
      return answered;
    };
    world.whenUpdating = () => {
      expect(onlyRecord(world).findings).toMatchObject([{ previousNote: MEANWHILE }]);
      return undefined;
    };
    await run(world);
    expect(onlyRecord(world)).toMatchObject({ outcome, findings: [{ previousNote: MEANWHILE }] });
  });

  test('is in the ledger before a note that says how far it is replaces it', async () => {
    const rules = Array.from({ length: 40 }, (_, nth) => ingress(`sgr-${String(nth)}`, portsOf(1000 + 2 * nth)));
    const finding = findingOn(TARGET, { id: 'finding-of-EC2.18', control: { id: 'EC2.18', parameters: [] } });
    const world = worldWith(rules, [finding]);
    world.whenRunning = () => {
      if (world.runs.length === 0) write(world);
      return undefined;
    };
    const notified: unknown[] = [];
    world.whenUpdating = (_, { note }) => {
      notified.push([note.slice(0, 31), onlyRecord(world).findings.map(({ previousNote }) => previousNote)]);
      return undefined;
    };
    await run(world);
    expect(notified).toEqual([
      ['Portcullis is closing this now.', [MEANWHILE]],
      ['Portcullis is closing this now.', [MEANWHILE]],
      ['Closed by Portcullis and read b', [MEANWHILE]],
    ]);
  });

  test('is kept by an undo too', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenRunning = () => {
      write(world);
      return undefined;
    };
    expect(await undo(world, closing)).toMatchObject({ outcome: 'undone', findings: [{ previousNote: MEANWHILE }] });
  });

  test('that is our own is not kept, and the one before it stays', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, note: BEFORE }]);
    world.whenRunning = () => {
      write(world, noteBy('Portcullis', 'Portcullis is closing this now.'));
      return undefined;
    };
    await run(world);
    expect(onlyRecord(world).findings).toMatchObject([{ previousNote: BEFORE }]);
  });

  test('and that cannot be stored does not keep the finding from being updated', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      write(world);
      return undefined;
    };
    world.whenSaving = ({ findings: [finding] }) =>
      finding?.previousNote === undefined ? undefined : failed('access-denied', 'Denied.');
    await run(world);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
  });
});
