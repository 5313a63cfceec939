import * as fc from 'fast-check';
import { effectOf } from '../../../src/core/messages/matter';
import { busEvent } from '../../end-to-end/channels/bus-event';
import { createReceiverStage, type ReceiverStage, type Trouble } from './receiver-stage';

/** Kinds that open, that end, and that end everything of a target; with and without controls. */
const KINDS = ['Decision Needed', 'Ingress Reopened', 'Ingress Closed', 'Risk Accepted', 'Found Closed', 'Target Gone'];
const CONTROLS: readonly (readonly string[])[] = [['EC2.13'], ['EC2.19'], ['EC2.13', 'EC2.19'], []];

interface Happened {
  readonly kind: string;
  readonly controls: readonly string[];
}

interface Notified {
  readonly happened: readonly Happened[];
  /** In which order messages come, by their places among what happened. */
  readonly order: readonly number[];
  /** What becomes of each request of the first hours, one after the other. */
  readonly troubles: readonly (Trouble | undefined)[];
  /** Half of them within one second of each other. */
  readonly isFast: boolean;
}

const TROUBLES: readonly (Trouble | undefined)[] = [
  undefined,
  { kind: 'status', status: 500 },
  { kind: 'lost' },
  { kind: 'garbled' },
];

const notified: fc.Arbitrary<Notified> = fc
  .array(fc.record({ kind: fc.constantFrom(...KINDS), controls: fc.constantFrom(...CONTROLS) }), {
    minLength: 2,
    maxLength: 5,
  })
  .chain((happened) =>
    fc.record({
      happened: fc.constant(happened),
      order: fc.shuffledSubarray(
        happened.map((_each, index) => index),
        { minLength: happened.length },
      ),
      troubles: fc.array(fc.constantFrom(...TROUBLES), { maxLength: 12 }),
      isFast: fc.boolean(),
    }),
  );

/** Controls that are open in the end, as whoever looks at what happened, in its order, would say; `` is the target. */
function openAfter(happened: readonly Happened[]): readonly string[] {
  const open = new Set<string>();
  for (const { kind, controls } of happened) {
    const named = controls.length === 0 ? [''] : controls;
    if (effectOf(kind) === 'opens') named.forEach((each) => open.add(each));
    else if (kind === 'Target Gone') open.clear();
    else [...named, ''].forEach((each) => open.delete(each));
  }
  return [...open].sort();
}

async function notify(name: 'pagerduty' | 'jira' | 'servicenow', { happened, order, troubles, isFast }: Notified) {
  const stage = createReceiverStage(name);
  const left = [...troubles];
  stage.trouble = () => left.shift();
  const events = happened.map(({ kind, controls }, index) => {
    const millis = Date.UTC(2026, 10, 29, 12) + index * (isFast ? 400 : 1000);
    const finishedAt = new Date(millis).toISOString();
    // The bus knows seconds.
    const time = `${finishedAt.slice(0, 19)}Z`;
    return busEvent(kind, { controls, finishedAt }, { id: `event-${String(index)}`, time });
  });
  // A message that comes twice changes nothing.
  await stage.deliver(...order.flatMap((index) => events[index] ?? []), events[0] ?? {});
  expect(stage.deadLetters).toEqual([]);
  return stage;
}

function incidentsOf({ accepted }: ReceiverStage): readonly string[] {
  const open = new Set<string>();
  for (const { body } of accepted) {
    const { event_action: action, dedup_key: key } = JSON.parse(body) as { event_action: string; dedup_key: string };
    const control = key.split('/').at(-1) ?? '';
    if (action === 'trigger') open.add(control);
    else open.delete(control);
  }
  return [...open].sort();
}

/** By key, of the tickets that are not resolved. */
function ticketsOf({ accepted }: ReceiverStage): number {
  let open = 0;
  for (const { method, url, body } of accepted) {
    const { pathname } = new URL(url);
    if (method === 'POST' && /\/(issue|incident)$/.test(pathname)) open += 1;
    if (/"id":"13"|"state":"Resolved"/.test(body)) open -= 1;
    if (/"id":"1[12]"|"state":"In Progress"/.test(body)) open += 1;
  }
  return open;
}

const RUNS = { numRuns: 100 };

test('in whatever order events about a target come, and whatever answers are lost, PagerDuty believes in the end what is so', () =>
  fc.assert(
    fc.asyncProperty(notified, async (each) => {
      expect(incidentsOf(await notify('pagerduty', each))).toEqual(openAfter(each.happened));
    }),
    RUNS,
  ));

test.each(['jira', 'servicenow'] as const)(
  'in whatever order events about a target come, and whatever answers are lost, a ticket of %s is open in the end where something is',
  (name) =>
    fc.assert(
      fc.asyncProperty(notified, async (each) => {
        expect(ticketsOf(await notify(name, each))).toBe(openAfter(each.happened).length === 0 ? 0 : 1);
      }),
      RUNS,
    ),
);

const GARBLED: Trouble = { kind: 'garbled' };

/** Found by the property once: of an older event that came while a newer one was half sent. */
const HALF_SENT: readonly (readonly [name: string, notified: Notified])[] = [
  [
    'what an older end covers is still resolved by the newer one',
    {
      happened: [
        { kind: 'Ingress Reopened', controls: ['EC2.13'] },
        { kind: 'Target Gone', controls: ['EC2.19'] },
        { kind: 'Target Gone', controls: ['EC2.13', 'EC2.19'] },
      ],
      order: [0, 2, 1],
      troubles: [undefined, undefined, GARBLED, { kind: 'lost' }],
      isFast: false,
    },
  ],
  [
    'what an older event opens keeps the ticket open',
    {
      happened: [
        { kind: 'Decision Needed', controls: ['EC2.13'] },
        { kind: 'Ingress Reopened', controls: [] },
        { kind: 'Ingress Closed', controls: ['EC2.19'] },
      ],
      order: [1, 2, 0],
      troubles: [undefined, undefined, undefined, GARBLED, GARBLED],
      isFast: false,
    },
  ],
];

describe.each(['jira', 'servicenow'] as const)('beside an event that is half sent to %s', (name) => {
  test.each(HALF_SENT)('%s', async (_title, each) => {
    expect(ticketsOf(await notify(name, each))).toBe(openAfter(each.happened).length === 0 ? 0 : 1);
  });
});
