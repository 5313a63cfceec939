import type { Isolable } from '../../core/isolation/isolable';
import type { RecordedIsolation } from '../../core/isolation/isolation';
import { isolatingGroupsOf } from '../../core/isolation/plan-isolation';
import { success } from '../../core/result';
import type { Clock, Durable, IsolableQuestion, Isolables, Ledger, Log, PortResult, Runbooks } from '../ports';
import { addToRecord, type Progress } from '../remediation/progress';

/** What isolating and giving groups back need. */
export interface IsolatingPorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly isolables: Isolables;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly runbooks: Runbooks;
}

/** Reads the target of a remediation; null where it does not exist any more. */
export async function observeIsolable(
  name: string,
  { record }: Progress,
  question: IsolableQuestion,
  { durable, isolables }: Pick<IsolatingPorts, 'durable' | 'isolables'>,
): PortResult<Isolable | null> {
  return durable.step(name, async () => {
    const observed = await isolables.observe(record.target, question, record.remediationId);
    if (!observed.ok) return observed;
    return success(observed.value.kind === 'gone' ? null : observed.value.isolable);
  });
}

/** What was seen before is not how it ended, where it could not be read again. */
export function forgetAfter(progress: Progress): void {
  const { isolation } = progress.record;
  if (isolation === undefined) return;
  const { after: _, ...rest } = isolation;
  addToRecord(progress, { isolation: rest });
}

/** Keeps in the record what was seen last: it is what is certified. */
export function noteSeen(progress: Progress, seen: Isolable, before: RecordedIsolation['before']): void {
  const { runs = [] } = progress.record.isolation ?? {};
  const after = seen.interfaces.map(({ interfaceId, vpcId, groups }) => ({ interfaceId, vpcId, groups }));
  addToRecord(progress, { isolation: { before, isolating: isolatingGroupsOf(seen), runs, after } });
}
