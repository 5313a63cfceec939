import type { FaultPoint } from './fault-point';
import { INJECTION_KINDS, kindsAt, parseInjection, renderInjection, toFault, type Injection } from './injection';

/** A scenario with its faults; the name of each is how to play it again. */
export interface Trial {
  readonly scenario: string;
  readonly injections: readonly Injection[];
}

export function renderTrial({ scenario, injections }: Trial): string {
  return [scenario, ...injections.map(renderInjection)].join('+');
}

/** @throws Error for a text that {@link renderTrial} does not write */
export function parseTrial(text: string): Trial {
  const [scenario = '', ...injections] = text.split('+');
  return { scenario, injections: injections.map(parseInjection) };
}

type PointsByScenario = ReadonlyMap<string, readonly FaultPoint[]>;

/** Every kind at every call, one at a time. */
export function allSingles(points: PointsByScenario): readonly Trial[] {
  return [...points].flatMap(([scenario, calls]) =>
    calls.flatMap((point) => kindsAt(point).map((kind) => ({ scenario, injections: [{ kind, point }] }))),
  );
}

/** Calls of every sort once, each with another kind: the same in every run. @param share one sort in so many */
export function oneOfEachSort(points: PointsByScenario, share = 1): readonly Trial[] {
  return everyNth(sortsOf(points), share).flatMap(({ scenario, point }, turn) => {
    const kinds = kindsAt(point).filter((kind) => toFault({ kind, point }) && !/-20-min$|^cannot-start/.test(kind));
    const kind = kinds[turn % kinds.length];
    return kind === undefined ? [] : [{ scenario, injections: [{ kind, point }] }];
  });
}

/** Every kind at one call of every sort, one at a time. */
export function allOfEachSort(points: PointsByScenario): readonly Trial[] {
  return sortsOf(points).flatMap(({ scenario, point }) =>
    kindsAt(point).map((kind) => ({ scenario, injections: [{ kind, point }] })),
  );
}

/** The first call of every sort. */
function sortsOf(points: PointsByScenario): readonly { readonly scenario: string; readonly point: FaultPoint }[] {
  const sorts = new Map<string, { readonly scenario: string; readonly point: FaultPoint }>();
  for (const [scenario, calls] of points) {
    for (const point of calls) if (!sorts.has(sortOf(point))) sorts.set(sortOf(point), { scenario, point });
  }
  return [...sorts.values()];
}

/** What a call is for, whatever the round: the checkpoint's name without its numbers, or the operation and its turn. */
function sortOf({ service, operation, nth, label }: FaultPoint): string {
  return label === '' ? `${service}/${operation}#${String(Math.min(nth, 5))}` : label.replace(/[\d.]+/g, '');
}

const AT_START = 'ssm/StartAutomationExecution/222222222222#0';

/** What is no fault of a call, each kind in a story that it endangers. */
const INTERFERENCES = [
  `undo+replaced-opens-another-port@${AT_START}`,
  `keep-443+replaced-opens-everything@${AT_START}`,
  `plain-close+replaced-does-nothing@${AT_START}`,
  `plain-close+replaced-closes-more@${AT_START}`,
  'undo+ledger-restored@dynamodb/UpdateItem/111111111111#0',
  'undo+clock-65-min-ahead@sqs/SendMessage/111111111111#0',
  'undo+clock-65-min-behind@sqs/SendMessage/111111111111#0',
  'undo+cannot-start-throttled@lambda/Invoke/111111111111#0',
] as const;

export function oneOfEachInterference(): readonly Trial[] {
  return INTERFERENCES.map(parseTrial);
}

/** Two faults at random calls of a random scenario. */
export function randomPairs(points: PointsByScenario, count: number, seed: number): readonly Trial[] {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const scenarios = [...points];
  return Array.from({ length: count }, () => {
    const [scenario, calls] = pick(scenarios);
    const injections = [pick(calls), pick(calls)].map((point) => ({ kind: pick(kindsAt(point)), point }));
    return { scenario, injections };
  });
}

/** mulberry32: the same numbers for the same seed, on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every n-th, so that all scenarios and kinds have their share. */
export function everyNth<Item>(items: readonly Item[], n: number): readonly Item[] {
  return items.filter((_, index) => index % n === 0);
}

/** In another order, so that a run that ends early has tried some of everything. */
export function shuffled(trials: readonly Trial[], seed: number): readonly Trial[] {
  const random = seededRandom(seed);
  return trials
    .map((trial) => ({ trial, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ trial }) => trial);
}

export function kindOrder(kind: string): number {
  return INJECTION_KINDS.findIndex((each) => each === kind);
}
