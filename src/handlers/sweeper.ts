import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { createSweeperAdapters } from '../aws/adapters/sweeper-adapters';
import { createDurable } from '../aws/lambda/durable';
import { createReplayAwareLog } from '../aws/lambda/replay-aware-log';
import { parseSweepRequest } from '../core/sweeping/parse-sweep';
import type { SweepTotals } from '../core/sweeping/sweep';
import { sweep } from '../flow/sweeping/sweep';
import { parseSweeperSettings } from './settings/sweeper-settings';

const settings = parseSweeperSettings(process.env);
const adapters = createSweeperAdapters(settings);

/** Started by the commands, once for each sweep. */
export const handler = withDurableExecution(async (input: unknown, context: DurableContext): Promise<SweepTotals> => {
  const request = parseSweepRequest(input);
  if (!request.ok) throw new Error(`The sweep cannot begin: ${request.error}`);
  const ports = { ...adapters, durable: createDurable(context), log: createReplayAwareLog(context) };
  return (await sweep(request.value, ports, settings)).totals;
});
