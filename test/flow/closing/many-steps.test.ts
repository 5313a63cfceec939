import { onlyRecord, run, worldWith } from '../close-world';
import { failed, findingOn, ingress, TARGET } from '../in-memory-ports';

const PORTS = Array.from({ length: 59 }, (_, nth) => 1000 + 2 * nth);
const FINDING = findingOn(TARGET, { id: 'finding-of-EC2.18', control: { id: 'EC2.18', parameters: [] } });

function worldOfPorts() {
  const rules = PORTS.map((port) => ingress(`sgr-${String(port)}`, { FromPort: port, ToPort: port }));
  const world = worldWith(rules, [FINDING]);
  const notes: string[] = [];
  world.whenUpdating = (_, { note, workflow }) => {
    notes.push(`${workflow ?? 'as it was'}: ${note}`);
    return undefined;
  };
  return { world, notes };
}

test('59 single ports are closed by runs that do not wait for each other, and the finding says how far it is', async () => {
  const { world, notes } = worldOfPorts();
  await run(world);
  expect(onlyRecord(world)).toMatchObject({ outcome: 'closed', runs: PORTS.map(() => ({ end: 'effect-seen' })) });
  // A start and a pause each, and one read for all.
  expect(world.steps.filter((name) => name.startsWith('look Revoke'))).toHaveLength(1);
  expect(notes).toEqual([
    expect.stringMatching(/^as it was: Portcullis is closing this now\. 1[01] of 59 calls are started\./) as string,
    expect.stringMatching(/^as it was: Portcullis is closing this now\. 4[01] of 59 calls are started\./) as string,
    expect.stringMatching(/^RESOLVED: Closed by Portcullis and read back\./) as string,
  ]);
});

test('a run that cannot be started keeps those behind it from being started, and those before it are waited for', async () => {
  const { world } = worldOfPorts();
  world.whenRunning = () => (world.runs.length === 9 ? failed('access-denied', 'It may not be started.') : undefined);
  await run(world);
  const record = onlyRecord(world);
  expect(record).toMatchObject({ outcome: 'failed', runs: PORTS.slice(0, 9).map(() => ({ end: 'effect-seen' })) });
  expect(record.reasons).toEqual([
    { code: 'service-failed', cause: 'It may not be started.' },
    { code: 'stopped-at-call', call: 'RevokeSecurityGroupIngress', number: 10, of: 59, notRun: 49 },
  ]);
  expect(world.events).toMatchObject([{ detail: { reason: record.reason, reasons: record.reasons } }]);
});

test('updates of findings that fail keep nothing from being closed', async () => {
  const { world } = worldOfPorts();
  let updates = 0;
  world.whenUpdating = () => (updates++ === 0 ? failed('access-denied', 'Not allowed.') : undefined);
  await run(world);
  expect(onlyRecord(world).outcome).toBe('closed');
});
