import { failure, success, type Result } from '../../core/result';
import type { DrillCommand, DrillPorts, CommandResult } from '../ports';
import { waitFor } from './wait-for';

/** One closing or undo takes a minute; what waits for its turn, some more. */
const ANSWER_MILLIS = 10 * 60_000;

/**
 * Asks the deployment for something as a person does, and waits for its end. A sentence where that is not known.
 *
 * @param key distinguishes this asking from every other one
 */
export async function haveDone(
  command: DrillCommand,
  key: string,
  ports: DrillPorts,
): Promise<Result<CommandResult, string>> {
  const { deployment } = ports;
  const asked = await deployment.ask(command, key);
  if (!asked.ok) return failure(asked.error.cause);
  const { target, requestId } = asked.value;
  const ask = () => deployment.fetchRequestState(target, requestId);
  const state = await waitFor({ ask, isThere: ({ status }) => ENDS.has(status), patienceMillis: ANSWER_MILLIS }, ports);
  if (!state.ok) return failure(state.error.cause);
  const { status, answer = {} } = state.value;
  if (status === 'unknown') return failure(`the ledger knows no request ${requestId} on ${target.id}`);
  if (status !== 'answered') return failure(`nothing has ended on ${target.id} after ten minutes`);
  const { remediationId, reason = 'Nothing was left to be done.', withdrawn } = answer;
  if (remediationId !== undefined) {
    const record = await deployment.fetchRemediation(remediationId);
    if (!record.ok) return failure(record.error.cause);
    if (record.value) return success({ outcome: record.value.outcome, reason: record.value.reason ?? '' });
  }
  return success({ outcome: withdrawn ? 'withdrawn' : 'not-needed', reason });
}

const ENDS: ReadonlySet<string> = new Set(['answered', 'unknown']);
