import { dispatch } from '../../../src/flow/intake/dispatch';
import type { QueueMessage } from '../../../src/flow/intake/parse-message';
import type { Durable } from '../../../src/flow/ports';
import { ACTIONS, pressed, runStarted, work } from '../events';
import { findingOn, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);

function message(id: string, action = ACTIONS.close, deliveries = 1): QueueMessage {
  return { id, body: pressed([SSH], { action }), deliveries };
}

const CLOSE = message('close');
const AGAIN = message('close-again');
const PREVIEW = message('preview', ACTIONS.preview);
const UNDO = message('undo', ACTIONS.undo);

/** All that somebody could notice. */
function noticed({ rules, records, events, updates, runs, findings }: InMemoryWorld) {
  return structuredClone({ rules, records: [...records], events, updates: [...updates], runs, findings });
}

async function worldAfter(...messages: readonly QueueMessage[]): Promise<InMemoryWorld> {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  for (const each of messages) await work(world, each);
  return world;
}

const DONE: readonly (readonly [string, readonly QueueMessage[], QueueMessage])[] = [
  ['a closing', [CLOSE], CLOSE],
  ['a preview', [PREVIEW], PREVIEW],
  ['an undo', [CLOSE, UNDO], UNDO],
  ['an undo whose target a person has had closed again since', [CLOSE, UNDO, AGAIN], UNDO],
  ['a closing that a person has had undone since', [CLOSE, UNDO], CLOSE],
];

describe('a message that comes again after it was processed has no second effect', () => {
  test.each(DONE)('%s', async (_, messages, repeated) => {
    const world = await worldAfter(...messages);
    const before = noticed(world);
    await dispatch([{ ...repeated, deliveries: 2 }], world.ports, { actionArns: ACTIONS, automaticControls: [] });
    expect(world.starts).toEqual([]);
    expect(noticed(world)).toEqual(before);
  });

  test.each(DONE)('%s, whose event EventBridge delivered as two messages', async (_, messages, repeated) => {
    const named = (each: QueueMessage, id = each.id): QueueMessage => ({
      ...each,
      id,
      body: JSON.stringify({ ...(JSON.parse(each.body) as object), id: `event-of-${each.id}` }),
    });
    const world = await worldAfter(...messages.map((each) => named(each)));
    const before = noticed(world);
    await work(world, { ...named(repeated), id: 'another-message' });
    expect(noticed(world)).toEqual(before);
  });
});

describe('a message that comes again while it is processed has no second effect', () => {
  const moments = ['read', 'observe 0.0', 'store outcome', 'update findings 0', 'answer requests', 'release'] as const;
  test.each(
    [CLOSE, PREVIEW, UNDO].flatMap((repeated) => moments.map((moment) => [repeated.id, moment, repeated] as const)),
  )('%s, before the step "%s"', async (_, moment, repeated) => {
    const prepared = repeated === UNDO ? [CLOSE] : [];
    const once = await worldAfter(...prepared, repeated);
    const world = await worldAfter(...prepared);
    let comesAgain = true;
    const { durable } = world.ports;
    const interrupted: Durable = {
      ...durable,
      step: async (name, run) => {
        if (comesAgain && name.startsWith(moment)) {
          comesAgain = false;
          await dispatch([{ ...repeated, deliveries: 2 }], world.ports, { actionArns: ACTIONS, automaticControls: [] });
          // The execution of this generation runs already.
          world.starts.splice(0);
        }
        return durable.step(name, run);
      },
    };
    Object.assign(world.ports, { durable: interrupted });
    await work(world, repeated);
    expect(noticed(world)).toEqual(noticed(once));
    expect(world.requests).toEqual([]);
  });
});

describe('a message whose execution could not be started', () => {
  test('starts it when it comes again, though its request was written', async () => {
    const world = await worldAfter();
    world.whenStarting = () => ({ code: 'throttled', retryable: true, cause: 'Too fast.' });
    await work(world, CLOSE);
    expect(world.rules).toHaveLength(1);
    world.whenStarting = () => undefined;
    await work(world, { ...CLOSE, deliveries: 2 });
    await runStarted(world);
    expect(world.rules).toEqual([]);
    expect(world.records.size).toBe(1);
  });
});
