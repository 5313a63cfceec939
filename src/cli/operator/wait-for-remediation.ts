import { setTimeout as pause } from 'node:timers/promises';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import { CouldNotTellError } from '../cli-error';
import { orCouldNotTell } from './operator';

const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 5_000;
const PATIENCE_MILLIS = 10 * 60_000;

export interface Requested {
  readonly target: Target;
  readonly requestId: string;
  /** Ids of the records that were there before the request. */
  readonly known: ReadonlySet<string>;
  readonly isAnswer: (record: RemediationRecord) => boolean;
}

/**
 * Waits for the record of what was requested to be finished, and for its findings to be told: who reads one of them
 * next must not find that it knows nothing yet.
 *
 * @throws CouldNotTellError when the ledger cannot be read, or nothing has ended after ten minutes
 */
export async function waitForRemediation(
  { target, requestId, known, isAnswer }: Requested,
  { ledger, region, clock }: OperatorAdapters,
): Promise<RemediationRecord> {
  const deadline = clock.now().getTime() + PATIENCE_MILLIS;
  let millis = FIRST_PAUSE_MILLIS;
  for (;;) {
    const records = await orCouldNotTell(ledger.fetchRemediationsOf(target), region);
    const answer = records.find(
      (record) => record.finishedAt !== undefined && !known.has(record.remediationId) && isAnswer(record),
    );
    const isOver = clock.now().getTime() > deadline;
    if (answer) {
      const standing = await orCouldNotTell(ledger.fetchRequestStanding(target, requestId), region);
      // A finding that cannot be told is counted and alarmed about elsewhere; the record says how it ended.
      if (standing === 'answered' || isOver) return answer;
    }
    if (isOver) {
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
