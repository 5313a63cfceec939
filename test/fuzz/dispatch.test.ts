import fc from 'fast-check';
import { createDeadLetters } from '../../src/aws/sqs/dead-letters';
import { createHub } from '../../src/aws/security-hub/hub';
import { failure } from '../../src/core/result';
import { targetKey } from '../../src/core/target';
import { dispatch, type DispatchPorts } from '../../src/flow/intake/dispatch';
import type { QueueMessage } from '../../src/flow/intake/parse-message';
import { failed, InMemoryWorld } from '../flow/in-memory-ports';
import { ACTION_ARNS, EVENT_SAMPLES, pressed } from './event-samples';
import { FINDING_SAMPLES, COMPLIANT_FINDING } from './finding-samples';
import { whyNotClosed } from './why-not-closed';
import { arbitraryMutated, shortened, toText, type Mutated } from './mutated';
import { RUNS, TIMEOUT_MILLISECONDS } from './runs';
import { isDeliverable, strictQueue, strictSecurityHub } from './strict-services';
import { Tally } from './tally';

const SETTINGS = { actionArns: ACTION_ARNS, automaticControls: ['EC2.13'] };
const COMPLIANT: QueueMessage = { id: 'innocent', body: JSON.stringify(pressed([COMPLIANT_FINDING])), deliveries: 1 };

const FAULTS = ['none', 'hub', 'requests', 'arrivals', 'starts', 'dead letters'] as const;

interface Batch {
  readonly events: readonly Mutated[];
  /** How Security Hub's own findings differ from what the events say. */
  readonly held: readonly Mutated[];
  readonly compliantAt: number;
  readonly fault: (typeof FAULTS)[number];
}

const arbitraryBatch: fc.Arbitrary<Batch> = fc.record({
  events: fc.array(arbitraryMutated({ scars: true }), { minLength: 1, maxLength: 4 }),
  held: fc.array(arbitraryMutated(), { maxLength: 3 }),
  compliantAt: fc.nat(4),
  fault: fc.oneof({ weight: 4, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...FAULTS)),
});

interface Played {
  readonly messages: readonly QueueMessage[];
  readonly held: readonly Readonly<Record<string, unknown>>[];
  readonly comingAgain: readonly string[];
  readonly world: InMemoryWorld;
  readonly updated: readonly { readonly id: string; readonly note: string }[];
  readonly deadLetters: readonly { readonly body: string; readonly reason: string }[];
  readonly skipped: readonly unknown[];
}

/** Plays a batch against services that refuse what AWS refuses. */
async function play({ events, held: heldChanges, compliantAt, fault }: Batch): Promise<Played> {
  const held = [COMPLIANT_FINDING, ...FINDING_SAMPLES];
  for (const change of heldChanges) {
    const index = change.sample % FINDING_SAMPLES.length;
    const mutated: unknown = JSON.parse(toText(FINDING_SAMPLES, change));
    if (typeof mutated === 'object' && mutated !== null) held[index + 1] = mutated as Record<string, unknown>;
  }
  const messages = events
    // Delivered twice: a finding that Security Hub does not know is searched for again after the first time.
    .map((event, index) => ({ id: `message-${String(index)}`, body: bodyOf(event, index), deliveries: 2 }))
    .filter(({ body }) => isDeliverable(body))
    .filter((message, index, all) => all.findIndex((other) => askedAs(other) === askedAs(message)) === index);
  messages.splice(compliantAt % (messages.length + 1), 0, COMPLIANT);

  const world = new InMemoryWorld();
  const updated: { id: string; note: string }[] = [];
  const deadLetters: { body: string; reason: string }[] = [];
  const skipped: unknown[] = [];
  const ports = withFault(fault, {
    ...world.ports,
    hub: createHub(strictSecurityHub(held, updated)),
    deadLetters: createDeadLetters(strictQueue(deadLetters), 'https://sqs.test/dead'),
    log: {
      info: (_, fields) => {
        if (fields?.['reason'] !== undefined) skipped.push(fields['findingId']);
      },
      warn: () => undefined,
      error: () => undefined,
    },
  });
  const comingAgain = await dispatch(messages, ports, SETTINGS);
  return { messages, held, comingAgain, world, updated, deadLetters, skipped };
}

/** Events have ids of their own: the samples' would make one event of several. */
function bodyOf(event: Mutated, index: number): string {
  return toText(EVENT_SAMPLES, event).replaceAll('5a1f8b6e-0000-4000', `event-${String(index)}`);
}

function withFault(fault: Batch['fault'], ports: DispatchPorts): DispatchPorts {
  const refuse = () => Promise.resolve(failure(failed('throttled', 'Too fast.', true)));
  switch (fault) {
    case 'none':
      return ports;
    case 'hub':
      return { ...ports, hub: { ...ports.hub, fetchFindings: refuse } };
    case 'requests':
      return { ...ports, ledger: { ...ports.ledger, saveRequest: refuse } };
    case 'arrivals':
      return { ...ports, ledger: { ...ports.ledger, announceArrival: refuse } };
    case 'starts':
      return { ...ports, orchestrations: { ...ports.orchestrations, start: refuse } };
    case 'dead letters':
      return { ...ports, deadLetters: { save: refuse } };
  }
}

interface Key {
  readonly Id: string;
  readonly ProductArn: string;
}

interface Event {
  readonly source?: unknown;
  readonly 'detail-type'?: unknown;
  readonly resources?: readonly unknown[];
  readonly detail?: { readonly findings?: readonly Key[] };
}

/** Every execution that was started rests on a request whose finding the hub itself holds, open and ours. */
function everyStartIsTheHubsWord({ messages, held, world }: Played): void {
  for (const { target } of world.starts) {
    const requests = world.requests.filter((each) => each.target === targetKey(target)).map(({ request }) => request);
    expect(requests).not.toEqual([]);
    for (const request of requests) {
      const body = messages.find((message) => askedAs(message) === eventIdOf(request))?.body ?? '';
      const event = JSON.parse(body) as Event;
      expect(event.source).toBe('aws.securityhub');
      if (request.trigger === 'automatic') {
        expect(['close', 'end-exception']).toContain(request.action);
        expect(event['detail-type']).toBe('Security Hub Findings - Imported');
      } else {
        expect(event['detail-type']).toBe('Security Hub Findings - Custom Action');
        expect(event.resources?.[0]).toBe(new Map<string, string>(Object.entries(ACTION_ARNS)).get(request.action));
      }
      for (const { id, productArn } of request.findings) {
        expect(event.detail?.findings?.some((key) => key.Id === id && key.ProductArn === productArn)).toBe(true);
        const found = held.filter((each) => each['Id'] === id && each['ProductArn'] === productArn);
        expect(found.map((each) => whyNotClosed(each, target, request))).toContain(undefined);
      }
    }
  }
}

/** One message may be a request for each closing that it undoes: `message/rem-…`. */
function eventIdOf({ id }: { readonly id: string }): string {
  return id.split('/')[0] ?? '';
}

/** What the requests of a message are named for. */
function askedAs({ id, body }: QueueMessage): string {
  try {
    const event = JSON.parse(body) as { readonly id?: unknown } | null;
    return typeof event?.id === 'string' && /^[\w-]{1,64}$/.test(event.id) ? event.id : id;
  } catch {
    return id;
  }
}

/** How a message ended, in all the ways it did; a message that ended in none is lost. */
function endingsOf(message: QueueMessage, played: Played): readonly string[] {
  const { id, body } = message;
  const { comingAgain, deadLetters, world, updated, skipped } = played;
  const ids = findingIdsIn(body);
  const started = new Set(world.starts.map(({ target }) => targetKey(target)));
  return [
    ...(comingAgain.includes(id) ? ['again'] : []),
    ...(deadLetters.some((letter) => letter.body === body && letter.reason !== '') ? ['dead letter'] : []),
    ...(world.requests.some(({ target, request }) => eventIdOf(request) === askedAs(message) && started.has(target))
      ? ['started']
      : []),
    ...(updated.some((update) => ids.includes(update.id)) ? ['updated'] : []),
    ...(skipped.some((finding) => ids.includes(finding)) ? ['skipped'] : []),
  ];
}

function findingIdsIn(body: string): readonly unknown[] {
  try {
    const { findings } = (JSON.parse(body) as Event).detail ?? {};
    return Array.isArray(findings) ? findings.map((finding: Key) => finding.Id) : [];
  } catch {
    return [];
  }
}

/** What was understood of a message is answered finding by finding, and not only for the first of them. */
function everyFindingIsAnswered(message: QueueMessage, played: Played): void {
  const endings = endingsOf(message, played);
  if (endings.includes('again') || endings.includes('dead letter')) return;
  const requested = played.world.requests
    .filter(({ request }) => eventIdOf(request) === askedAs(message))
    .flatMap(({ request }) => request.findings.map(({ id }) => id));
  const answered = new Set<unknown>([...requested, ...played.updated.map(({ id }) => id), ...played.skipped]);
  expect(findingIdsIn(message.body).filter((id) => !answered.has(id))).toEqual([]);
}

test(
  'no batch of mutated events throws, acts on its own word, or loses a message, and none holds up a good one',
  async () => {
    const tally = new Tally();
    const check = async (batch: Batch) => {
      const played = await play(batch);
      everyStartIsTheHubsWord(played);
      for (const message of played.messages) {
        const endings = endingsOf(message, played);
        expect(endings).not.toEqual([]);
        everyFindingIsAnswered(message, played);
        if (message !== COMPLIANT) tally.count(endings.join(' + '));
        // A fault comes again; nothing else may: what cannot be worked on today cannot tomorrow either.
        if (batch.fault === 'none') expect(endings).not.toContain('again');
      }
      if (batch.fault === 'none') expect(endingsOf(COMPLIANT, played)).toContain('started');
    };
    await fc.assert(
      fc.asyncProperty(arbitraryBatch, async (batch) => {
        try {
          await check(batch);
        } catch (error) {
          const bodies = batch.events.map(bodyOf);
          throw new Error(shortened(bodies.join('\n')), { cause: error });
        }
      }),
      { numRuns: RUNS },
    );
    tally.print('dispatch');
    // A fuzzer whose inputs all end alike tests one branch.
    for (const ending of ['again', 'dead letter', 'started', 'updated', 'skipped']) {
      expect(tally.labels().join(' ')).toContain(ending);
    }
  },
  TIMEOUT_MILLISECONDS,
);
