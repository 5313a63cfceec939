import { failure, success, type Result } from '../../core/result';
import type { DrillPorts, DrillRun, Refusal, RunbookStatus } from '../ports';
import { checkOwn } from './check-own';
import type { DrillOrder } from './order';
import { waitFor } from './wait-for';

/** A run of one call is over within seconds, or stuck. */
const RUN_MILLIS = 5 * 60_000;

/** Starts a run on what the drill has made, and nothing else. */
export async function startRun(run: DrillRun, order: DrillOrder, ports: DrillPorts): Promise<Result<string, Refusal>> {
  const own = await checkOwn(run.target, order, ports);
  return own.ok ? ports.ground.startRun(run) : failure({ ...own.error, answer: '' });
}

/** How a run ended. A sentence where that is not known. */
type RunResult = Result<Exclude<RunbookStatus, { readonly kind: 'running' }>, string>;

/** The end of a run. A sentence where it did not end, or nobody can tell. */
export async function endOf(executionId: string, ports: DrillPorts): Promise<RunResult> {
  const ask = () => ports.ground.fetchRun(executionId);
  const status = await waitFor({ ask, isThere: ({ kind }) => kind !== 'running', patienceMillis: RUN_MILLIS }, ports);
  if (!status.ok) return failure(status.error.cause);
  if (status.value.kind === 'running') return failure(`run ${executionId} has not ended`);
  return success(status.value);
}

/** {@link startRun} and its end. */
export async function playRun(run: DrillRun, order: DrillOrder, ports: DrillPorts): Promise<RunResult> {
  const started = await startRun(run, order, ports);
  return started.ok ? endOf(started.value, ports) : failure(started.error.cause);
}
