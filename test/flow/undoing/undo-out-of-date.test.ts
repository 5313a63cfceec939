import { imported, work } from '../events';
import { findingOn, ingress, InMemoryWorld, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET, { control: { id: 'EC2.13', parameters: [] } });
const message = (body: string) => ({ id: 'message-1', body, deliveries: 1 });

test('an undo that waits since long ago stops no closing: the port is closed, and the undo is answered', async () => {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  // Its message was given up, since no execution could be started.
  const askedAt = new Date(world.now - 10 * 3_600_000).toISOString();
  world.requestUndo(undefined, [SSH], { askedAt, chosenAt: askedAt });
  await work(world, message(imported(SSH)));
  expect(world.rules).toEqual([]);
  const outcomes = [...world.records.values()].map(({ action, outcome }) => `${action} ${outcome}`);
  expect(outcomes).toEqual(['undo nothing-to-undo', 'close closed']);
  expect(world.requests).toEqual([]);
});
