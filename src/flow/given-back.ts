import type { ControlId } from '../core/controls/control-id';
import type { Finding } from '../core/findings/finding';
import { stillGivenBack, type GivenBack } from '../core/ledger/given-back';
import { holdControls } from '../core/policy/held-controls';
import { success, type Result } from '../core/result';
import { targetKey, type Target } from '../core/target';
import type { Ending, ToClose } from './close-target';
import type { CloseJob } from './job';
import type { Durable, Ledger, Log, PortFailure } from './ports';
import { triggerOf } from './read-requested-findings';

interface GivenBackPorts {
  readonly durable: Durable;
  readonly ledger: Ledger;
  readonly log: Log;
}

/** Controls of the findings that a person asked to be closed. */
export function controlsByPerson(findings: readonly Finding[], { requests }: CloseJob): ReadonlySet<ControlId> {
  const byPerson = findings.filter((finding) => triggerOf(finding, requests) === 'custom-action');
  return new Set(byPerson.flatMap(({ control }) => control?.id ?? []));
}

/** Reads what automatic closing must leave alone; nothing has to be read where a person asked for every control. */
export async function readHold(
  { target }: CloseJob,
  controls: readonly ControlId[],
  byPerson: ReadonlySet<ControlId>,
  { durable, ledger }: GivenBackPorts,
): Promise<Result<ToClose['hold'], PortFailure>> {
  const isAutomatic = controls.some((control) => !byPerson.has(control));
  const read: Result<GivenBack, PortFailure> = isAutomatic
    ? await durable.step('read what was given back', () => ledger.fetchGivenBack(target))
    : success([]);
  if (!read.ok) return read;
  return success((facts) => holdControls({ ...facts, givenBack: read.value, byPerson }));
}

/** A person had the target closed: what is not there any more is not given back any more. */
export async function forgetGivenBack(
  target: Target,
  { outcome, after }: Ending,
  { durable, ledger, log }: GivenBackPorts,
): Promise<void> {
  const isGone = outcome === 'not-needed';
  if (after === undefined && !isGone) return;
  const forgotten = await durable.step('forget what was given back', async () => {
    const read = await ledger.fetchGivenBack(target);
    if (!read.ok) return read;
    const still = after === undefined ? [] : stillGivenBack(read.value, after);
    return still.length === read.value.length ? success(undefined) : ledger.saveGivenBack(target, still);
  });
  if (forgotten.ok) return;
  // What is remembered too long is left to a person: he is told, and nothing is closed that should not be.
  log.warn('What was given back is not forgotten', { target: targetKey(target), cause: forgotten.error.cause });
}
