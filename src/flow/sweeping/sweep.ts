import type { RequestedControl } from '../../core/controls/control-id';
import { toHeldControls } from '../../core/detection/controls-to-hold';
import { partitionOf } from '../../core/partition-of';
import { success } from '../../core/result';
import { addUp, summarize, type PlaceSummary } from '../../core/sweeping/add-up';
import { placeKey, type Place } from '../../core/sweeping/place';
import type { Sweep, SweepRequest } from '../../core/sweeping/sweep';
import type { SweptPlace } from '../../core/sweeping/swept-place';
import type {
  Clock,
  ControlParameters,
  Durable,
  Inventory,
  Log,
  Rechecks,
  MemberAccountList,
  MemberVersions,
  PlaceFindings,
  PortResult,
  SweepEvents,
  Sweeps,
} from '../ports';
import { nameOldMember } from '../detecting/name-old-member';
import { claimSweep, saveProgress } from './claim-sweep';
import { importFindings, type Imported, type ImportSettings } from './import-findings';
import { requestRechecks } from './request-rechecks';
import { sweepPlace, toUnreadPlace } from './sweep-place';
import { publishSweep } from './publish-sweep';

export interface SweepPorts {
  readonly accounts: MemberAccountList;
  readonly clock: Clock;
  readonly durable: Durable;
  readonly events: SweepEvents;
  readonly findings: PlaceFindings;
  readonly inventory: Inventory;
  readonly log: Log;
  /** Missing where single targets are not re-checked. */
  readonly rechecks?: Rechecks;
  readonly memberVersions?: MemberVersions;
  readonly parameters: ControlParameters;
  readonly sweeps: Sweeps;
}

export interface SweepSettings extends ImportSettings {
  readonly hubAccount: string;
}

/**
 * Places that are read beside each other: EC2 counts calls by account and Region, and a function has memory for so
 * many.
 */
const PLACES_AT_ONCE = 8;
/** In one step: what a lost process costs. An execution has 3,000 operations, two of them a step and its pause. */
const PLACES_PER_STEP = 16;
const MOST_STEPS = 1_000;
/** Times that a place is read whose services failed transiently. */
const ATTEMPTS = 3;
const PAUSE_SECONDS = 1;
const PAUSE_SECONDS_BEFORE_RETRY = 30;
const UNREADABLE_REMEMBERED = 100;

/**
 * Reads every security group and network ACL of accounts × Regions. What was found in a place is in the ledger
 * before the step that read it ends; a process that is lost costs one step, and what it had written is written again,
 * the same.
 */
export async function sweep(request: SweepRequest, ports: SweepPorts, settings: SweepSettings): Promise<Sweep> {
  const { durable, log } = ports;
  const begun = await durable.step('begin', () => begin(request, ports, settings));
  if (!begun.ok) return fail(request, begun.error.cause, ports);
  const { accounts, startedAt } = begun.value;
  const places = toPlaces(accounts, request.regions);
  const state = { startedAt, places: places.length };
  const controls = toHeldControls({ controls: request.controls, baseline: settings.baseline });
  const summaries: PlaceSummary[] = [];
  const size = Math.max(PLACES_PER_STEP, Math.ceil(places.length / MOST_STEPS));
  let waiting = places.map((place): Attempt => ({ place, attempt: 1 }));
  for (let round = 0; waiting.length > 0; round++) {
    const now = waiting.slice(0, size);
    const swept = await durable.step(`places ${String(round)}`, () =>
      sweepPlaces(now, request, controls, ports, settings),
    );
    if (!swept.ok) return fail(request, swept.error.cause, ports);
    summaries.push(...swept.value.summaries);
    const again = now.filter(({ place }) => swept.value.again.includes(placeKey(place)));
    waiting = [...waiting.slice(size), ...again.map(({ place, attempt }) => ({ place, attempt: attempt + 1 }))];
    const saved = await durable.step(`progress ${String(round)}`, () =>
      saveProgress(toSweep(request, state, summaries), ports),
    );
    if (!saved.ok) return fail(request, saved.error.cause, ports);
    // What is left failed transiently a moment ago. A pause also begins a new invocation, which has its whole time
    // again.
    const isAfterFailure = waiting.length > 0 && waiting.every(({ attempt }) => attempt > 1);
    await durable.sleep(`pause ${String(round)}`, isAfterFailure ? PAUSE_SECONDS_BEFORE_RETRY : PAUSE_SECONDS);
  }
  const finished = await durable.step('finish', async () => {
    const done = { ...toSweep(request, state, summaries), finishedAt: ports.clock.now().toISOString() };
    const saved = await ports.sweeps.saveSweep(done);
    if (!saved.ok) return saved;
    const ended = await ports.sweeps.letGo(done, ports.clock.now());
    return ended.ok ? success(done) : ended;
  });
  if (!finished.ok) return fail(request, finished.error.cause, ports);
  await publishSweep(finished.value, ports);
  const { places: count, totals } = finished.value;
  log.info('Swept', { sweepId: request.sweepId, by: request.by, places: count, ...totals });
  return finished.value;
}

interface Attempt {
  readonly place: Place;
  /** 1 the first time. */
  readonly attempt: number;
}

async function begin(
  request: SweepRequest,
  { accounts, clock, sweeps }: SweepPorts,
  { hubAccount }: SweepSettings,
): PortResult<{ readonly accounts: readonly string[]; readonly startedAt: string }> {
  const now = clock.now();
  const startedAt = now.toISOString();
  const claimed = await claimSweep({ sweepId: request.sweepId, startedAt }, now, sweeps);
  if (!claimed.ok) return claimed;
  const members = request.accounts === undefined ? await accounts.fetchMembers() : success(request.accounts);
  if (!members.ok) return members;
  const all = request.accounts ?? [...new Set([hubAccount, ...members.value])].sort();
  const places = all.length * request.regions.length;
  const saved = await sweeps.saveSweep(toSweep(request, { startedAt, places }, []));
  return saved.ok ? success({ accounts: all, startedAt }) : saved;
}

function toPlaces(accounts: readonly string[], regions: readonly string[]): readonly Place[] {
  return accounts.flatMap((account) => regions.map((region) => ({ partition: partitionOf(region), account, region })));
}

interface Swept {
  readonly summaries: readonly PlaceSummary[];
  /** Keys of places that are to be tried again. */
  readonly again: readonly string[];
}

/** Some places, several beside each other. What one of them fails with does not hold up the others. */
async function sweepPlaces(
  attempts: readonly Attempt[],
  request: SweepRequest,
  controls: readonly RequestedControl[],
  ports: SweepPorts,
  settings: SweepSettings,
): PortResult<Swept> {
  const summaries: PlaceSummary[] = [];
  const again: string[] = [];
  const waiting = [...attempts];
  let failed: Awaited<PortResult<Swept>> | undefined;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined && failed === undefined; next = waiting.shift()) {
      const { place, attempt } = next;
      const read = await readPlace(place, request, controls, ports, settings);
      if (!read.ok && read.error.retryable && attempt < ATTEMPTS) {
        again.push(placeKey(place));
        continue;
      }
      const cause = read.ok ? '' : (await nameOldMember(read.error, place, request.sweepId, ports)).cause;
      const { found, ...counts } = read.ok
        ? read.value
        : { found: toUnreadPlace(place, cause), imported: 0, archived: 0 };
      if (!read.ok) ports.log.warn('Place cannot be read', { place: placeKey(place), cause });
      const saved = await ports.sweeps.savePlace(request.sweepId, found);
      if (!saved.ok) failed = saved;
      else summaries.push(summarize(found, counts));
    }
  };
  await Promise.all(Array.from({ length: PLACES_AT_ONCE }, work));
  return failed ?? success({ summaries, again });
}

/** One place: what is found there, and how much of it was imported into Security Hub. */
async function readPlace(
  place: Place,
  { sweepId, imports }: SweepRequest,
  held: readonly RequestedControl[],
  ports: SweepPorts,
  settings: SweepSettings,
): PortResult<Imported & { readonly found: SweptPlace }> {
  const seenAt = ports.clock.now();
  const swept = await sweepPlace(place, held, sweepId, ports);
  if (!swept.ok) return swept;
  const { found, resources, controls } = swept.value;
  if (!imports) return success({ found, imported: 0, archived: 0 });
  const unread = new Set(found.unreadable.flatMap(({ target }) => target ?? []));
  const requested = await requestRechecks(place, found, { sweepId, seenAt }, ports);
  const counts = requested.ok
    ? await importFindings({ place, sweepId, controls, resources, unread, seenAt }, ports, settings)
    : requested;
  if (counts.ok) return success({ found, ...counts.value });
  if (counts.error.retryable) return counts;
  // What was found is reported all the same.
  const { account, region } = place;
  const { cause: reason } = await nameOldMember(counts.error, place, sweepId, ports);
  const unreadable = [...found.unreadable, { account, region, reason }];
  return success({ found: { ...found, unreadable }, imported: 0, archived: 0 });
}

function toSweep(
  request: SweepRequest,
  { startedAt, places }: Pick<Sweep, 'startedAt' | 'places'>,
  summaries: readonly PlaceSummary[],
): Sweep {
  // Places are read beside each other, and end in any order.
  const unreadable = summaries
    .toSorted((one, other) => compare(one.account, other.account) || compare(one.region, other.region))
    .flatMap((place) => place.unreadable)
    .slice(0, UNREADABLE_REMEMBERED);
  return { ...request, startedAt, places, done: summaries.length, totals: addUp(summaries), unreadable };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whoever waits for the sweep is notified why it ends; where not even that can be written, the log has it. */
async function fail(request: SweepRequest, cause: string, ports: SweepPorts): Promise<Sweep> {
  const { clock, durable, log, sweeps } = ports;
  log.error('Sweep failed', { sweepId: request.sweepId, cause });
  const ended = await durable.step('fail', async () => {
    const at = clock.now().toISOString();
    const failed = { ...toSweep(request, { startedAt: at, places: 0 }, []), finishedAt: at, failed: cause };
    await sweeps.saveSweep(failed);
    await sweeps.letGo(failed, clock.now());
    return success(failed);
  });
  if (!ended.ok) throw new Error(ended.error.cause);
  await publishSweep(ended.value, ports);
  return ended.value;
}
