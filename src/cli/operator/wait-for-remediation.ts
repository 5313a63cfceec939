import { setTimeout as pause } from 'node:timers/promises';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { UNDO_BEGINS_WITHIN_MINUTES } from '../../core/policy/undo-begins-within';
import type { Target } from '../../core/target';
import type { RequestAnswer } from '../../flow/ports';
import { CouldNotTellError } from '../cli-error';
import { orCouldNotTell } from './operator';

const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 5_000;
const PATIENCE_MILLIS = 10 * 60_000;

export interface Requested {
  readonly target: Target;
  readonly requestId: string;
}

/** How a request ended: with a record, or with a sentence where nothing was left to be done. */
export type RequestResult = RemediationRecord | NothingDone;

export interface NothingDone {
  readonly target: Target;
  readonly requestId: string;
  readonly outcome: 'not-needed' | 'withdrawn';
  readonly reason: string;
}

/**
 * Waits until a request is answered: then its record is finished and its findings are updated, and who reads one of
 * them next does not find that it knows nothing yet.
 *
 * @throws CouldNotTellError when the ledger cannot be read, or nothing has ended after ten minutes
 */
export async function waitForRemediation(requested: Requested, operator: OperatorAdapters): Promise<RequestResult> {
  const { target, requestId } = requested;
  const { ledger, region } = operator;
  // Not the time of day, which somebody may set meanwhile.
  const startedMillis = performance.now();
  let millis = FIRST_PAUSE_MILLIS;
  for (;;) {
    const { status, answer = {} } = await orCouldNotTell(ledger.fetchRequestState(target, requestId), region);
    if (status === 'answered') return toRequestResult(requested, answer, operator);
    if (status === 'unknown') {
      throw new CouldNotTellError(`the ledger in Region ${region} knows no request ${requestId} on ${target.id}`);
    }
    if (performance.now() - startedMillis > PATIENCE_MILLIS) {
      throw new CouldNotTellError(`nothing has ended on ${target.id} after ten minutes. ${howItGoesOn(requested)}`);
    }
    await pause(millis);
    millis = Math.min(millis * 1.5, LONGEST_PAUSE_MILLIS);
  }
}

async function toRequestResult(
  { target, requestId }: Requested,
  { remediationId, reason = 'Nothing was left to be done.', withdrawn }: RequestAnswer,
  { ledger, region }: OperatorAdapters,
): Promise<RequestResult> {
  const record =
    remediationId === undefined ? undefined : await orCouldNotTell(ledger.fetchRemediation(remediationId), region);
  if (record) return record;
  return { target, requestId, outcome: withdrawn ? 'withdrawn' : 'not-needed', reason };
}

/** For who does not wait any longer. */
export function howItGoesOn({ target, requestId }: Requested): string {
  const place = `--target ${target.account}/${target.region}/${target.id}`;
  return (
    `The work goes on without this terminal. Follow it: portcullis follow ${requestId} ${place} ` +
    `(or, while it has not begun, take it back: portcullis withdraw ${requestId} ${place}; ` +
    `an undo that has not begun after ${String(UNDO_BEGINS_WITHIN_MINUTES)} minutes is not carried out)`
  );
}
