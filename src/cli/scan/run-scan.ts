import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { isSweepId, type Sweep } from '../../core/sweeping/sweep';
import { CouldNotTellError, InputError } from '../cli-error';
import { askCommands } from '../operator/ask-commands';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { renderScan, toScanned } from './render-scan';
import { createScanProgress } from './scan-progress';
import { fitLines } from '../fit-lines';

export interface ScanOptions extends OperatorOptions {
  readonly accounts?: string;
  readonly regions?: string;
  readonly controls?: string;
  readonly import?: true;
  readonly follow?: string;
  readonly last?: true;
  readonly json?: true;
}

const startedSchema = z.object({ sweepId: z.string() });

const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 3_000;
/** Nothing has moved for so long: a step of the sweeper takes ten minutes at most. */
const PATIENCE_MILLIS = 15 * 60_000;
/** 128 + 2, which shells make of an interrupt, says nothing to who reads our exit codes: 3 is "could not tell". */
const EXIT_CODE_WHEN_INTERRUPTED = 3;

/**
 * Has the deployment sweep accounts × Regions, waits for it, and prints what violates.
 *
 * @throws InputError for what is no account, Region or control; CouldNotTellError when something could not be read
 */
export async function runScan({ follow, last, json, ...options }: ScanOptions): Promise<void> {
  const asked = follow === undefined && last === undefined ? toRequest(options) : undefined;
  if (follow !== undefined && !isSweepId(follow)) {
    throw new InputError(`--follow: "${follow}" is no id of a scan; it looks like swp-0123456789abcdef`);
  }
  const operator = await createOperator(options);
  const known = last === undefined ? follow : await fetchLast(operator);
  const sweepId = known ?? (await askCommands({ command: 'scan', ...asked }, startedSchema, operator)).sweepId;
  const sweep = await waitForSweep(sweepId, operator, json === true);
  if (sweep.failed !== undefined) throw new CouldNotTellError(`the scan could not be made: ${sweep.failed}`);
  const places = await orCouldNotTell(operator.sweeps.fetchPlaces(sweepId), operator.region);
  const scanned = toScanned(places, sweep);
  const text = renderScan(scanned, sweep, json === true);
  process.stdout.write(json ? text : fitLines(text));
  const { length } = scanned.summary.unreadable;
  if (length > 0)
    throw new CouldNotTellError(`${String(length)} could not be read: ${firstOf(scanned.summary.unreadable)}`);
}

async function fetchLast({ region, sweeps }: OperatorAdapters): Promise<string> {
  const latest = await orCouldNotTell(sweeps.fetchLatest(), region);
  if (latest === undefined) throw new InputError('--last: nothing was ever scanned; portcullis scan does');
  return latest;
}

function firstOf(
  unreadable: readonly { readonly account: string; readonly region: string; readonly reason: string }[],
) {
  const [first] = unreadable;
  const more = unreadable.length > 1 ? ' …' : '';
  return first === undefined ? '' : `${first.account}/${first.region}: ${first.reason}${more}`;
}

/** What the commands function is asked for: it says what is wrong with a Region or control. */
function toRequest({
  accounts,
  regions,
  controls,
  import: imports,
}: Omit<ScanOptions, 'follow' | 'last' | 'json'>): object {
  const wrong = listed(accounts)?.filter((account) => !/^\d{12}$/.test(account)) ?? [];
  if (wrong.length > 0) {
    throw new InputError(`--accounts: "${wrong.join(', ')}" is no account id; write ids of 12 digits with commas`);
  }
  const lists = { accounts: listed(accounts), regions: listed(regions), controls: listed(controls) };
  for (const [option, list] of Object.entries(lists)) {
    if (list?.length === 0) throw new InputError(`--${option}: names nothing; leave it out for all`);
  }
  return { askId: randomUUID(), imports: imports === true, ...JSON.parse(JSON.stringify(lists)) } as object;
}

function listed(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').flatMap((each) => (each.trim() === '' ? [] : each.trim()));
}

async function waitForSweep(sweepId: string, { region, sweeps }: OperatorAdapters, isQuiet: boolean): Promise<Sweep> {
  const progress = createScanProgress(isQuiet ? { isTTY: false, write: () => false } : process.stderr);
  const printAndExit = (): never => {
    progress.clear();
    process.stderr.write(
      `The scan goes on without this terminal. To see what it found: portcullis scan --follow ${sweepId}\n`,
    );
    process.exit(EXIT_CODE_WHEN_INTERRUPTED);
  };
  process.on('SIGINT', printAndExit);
  try {
    let millis = FIRST_PAUSE_MILLIS;
    let done = -1;
    // Not the time of day, which somebody may set meanwhile.
    let movedMillis = performance.now();
    for (;;) {
      const sweep = await orCouldNotTell(sweeps.fetchSweep(sweepId), region);
      if (sweep?.finishedAt !== undefined) return sweep;
      if (sweep !== undefined && sweep.done !== done) {
        done = sweep.done;
        movedMillis = performance.now();
        progress.show(sweep);
      }
      if (performance.now() - movedMillis > PATIENCE_MILLIS) {
        throw new CouldNotTellError(
          `the scan ${sweepId} has not moved for ${String(PATIENCE_MILLIS / 60_000)} minutes; the log group of the sweeper says why`,
        );
      }
      await pause(millis);
      millis = Math.min(millis * 1.3, LONGEST_PAUSE_MILLIS);
    }
  } finally {
    progress.clear();
    process.off('SIGINT', printAndExit);
  }
}
