import type { ControlId } from '../../core/controls/control-id';
import type { Finding } from '../../core/findings/finding';
import { stillRestored, type Restored } from '../../core/ledger/restored';
import { success, type Result } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import type { ClosingResult } from './close-target';
import type { CloseJob } from '../remediation/job';
import type { Durable, Ledger, Log, PortResult, PortFailure } from '../ports';
import { triggerOf } from '../remediation/read-requested-findings';

interface RestoredPorts {
  readonly durable: Durable;
  readonly ledger: Ledger;
  readonly log: Log;
}

/** Controls of the findings that a person asked to be closed. */
export function controlsByPerson(findings: readonly Finding[], { requests }: CloseJob): ReadonlySet<ControlId> {
  const byPerson = findings.filter((finding) => triggerOf(finding, requests) === 'custom-action');
  return new Set(byPerson.flatMap(({ control }) => control?.id ?? []));
}

/** What undos have put back on the target, as the ledger has it. */
export function readRestored(
  { target }: Pick<CloseJob, 'target'>,
  { durable, ledger }: Pick<RestoredPorts, 'durable' | 'ledger'>,
): Promise<Result<Restored, PortFailure>> {
  return durable.step('read what was given back', () => ledger.fetchRestored(target));
}

/** A person had the target closed: what is not there any more is not restored any more. */
export async function forgetRestored(
  target: Target,
  restored: Result<Restored, PortFailure>,
  { outcome, after }: ClosingResult,
  { durable, ledger, log }: RestoredPorts,
): Promise<void> {
  const isGone = outcome === 'not-needed';
  if (after === undefined && !isGone) return;
  const forgotten = await forget();
  if (forgotten.ok) return;
  // What is remembered too long is left to a person: they are notified, and nothing is closed that should not be.
  log.warn('What was given back is not forgotten', { target: targetKey(target), cause: forgotten.error.cause });

  async function forget(): PortResult<void> {
    if (!restored.ok) return restored;
    const still = after === undefined ? [] : stillRestored(restored.value, after);
    if (still.length === restored.value.length) return success(undefined);
    return durable.step('forget what was given back', () => ledger.saveRestored(target, still));
  }
}
