import { setTimeout as pause } from 'node:timers/promises';
import type { OperatorAdapters } from '../../aws/operator-adapters';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import { CouldNotTellError } from '../cli-error';
import { orCouldNotTell } from './operator';

const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 5_000;
const PATIENCE_MILLIS = 10 * 60_000;

/**
 * Waits for the record of what was requested to be finished.
 *
 * @param known ids of the records that were there before the request
 * @throws CouldNotTellError when the ledger cannot be read, or nothing has ended after ten minutes
 */
export async function waitForRemediation(
  target: Target,
  known: ReadonlySet<string>,
  isAnswer: (record: RemediationRecord) => boolean,
  { ledger, region, clock }: OperatorAdapters,
): Promise<RemediationRecord> {
  const deadline = clock.now().getTime() + PATIENCE_MILLIS;
  let millis = FIRST_PAUSE_MILLIS;
  for (;;) {
    const records = await orCouldNotTell(ledger.fetchRemediationsOf(target), region);
    const answer = records.find(
      (record) => record.finishedAt !== undefined && !known.has(record.remediationId) && isAnswer(record),
    );
    if (answer) return answer;
    if (clock.now().getTime() > deadline) {
      throw new CouldNotTellError(
        `nothing has ended on ${target.id} after ten minutes; the findings will say how it ended`,
      );
    }
    await pause(millis);
    millis = Math.min(millis * 1.5, LONGEST_PAUSE_MILLIS);
  }
}

/** Ids of what the ledger holds on the target now. */
export async function fetchKnownIds(
  target: Target,
  { ledger, region }: OperatorAdapters,
): Promise<ReadonlySet<string>> {
  const records = await orCouldNotTell(ledger.fetchRemediationsOf(target), region);
  return new Set(records.map(({ remediationId }) => remediationId));
}
