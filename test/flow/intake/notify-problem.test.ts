import { notifyProblem } from '../../../src/flow/intake/notify-problem';
import { findingOn, InMemoryWorld, TARGET } from '../in-memory-ports';

const UPDATE = { workflow: 'NOTIFIED', note: 'Portcullis did nothing.', userDefinedFields: undefined } as const;

/** Tells it on a finding with such a note; answers what the log keeps. */
async function replacedNotes(updatedBy: string): Promise<readonly unknown[]> {
  const world = new InMemoryWorld();
  const finding = findingOn(TARGET, { note: { text: 'Ticket 4711', updatedBy, updatedAt: '2026-02-01T00:00:00Z' } });
  world.findings = [finding];
  const kept: unknown[] = [];
  const log = { ...world.ports.log, info: (_: string, fields?: object) => void kept.push(fields) };
  await notifyProblem({ kind: 'update', finding, update: UPDATE }, { hub: world.ports.hub, log });
  expect(world.updates.get(finding.id)?.note).toBe(UPDATE.note);
  return kept.flatMap((fields) =>
    typeof fields === 'object' && fields !== null && 'replaced' in fields ? [fields] : [],
  );
}

test('the note of somebody else that an answer replaces is kept in the log', async () => {
  expect(await replacedNotes('Ana')).toMatchObject([{ replaced: 'Ticket 4711', by: 'Ana' }]);
});

test('a note of our own is not', async () => {
  expect(await replacedNotes('Portcullis')).toEqual([]);
});
