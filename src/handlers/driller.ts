import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { createDrillerAdapters } from '../aws/adapters/driller-adapters';
import { createDurable } from '../aws/lambda/durable';
import { createReplayAwareLog } from '../aws/lambda/replay-aware-log';
import { toDrillNames } from '../core/configuration/names/drill-names';
import { parseDrillRequest } from '../core/drill/drill-request';
import { drillByItself, type DrillResult } from '../flow/drill/drill-by-itself';
import { parseDrillerSettings } from './settings/driller-settings';

const { prefix, region } = parseDrillerSettings(process.env);
const adapters = createDrillerAdapters(prefix, region);

/** Started by the schedule, for each account and Region. An execution that fails is a drill that failed. */
export const handler = withDurableExecution(async (input: unknown, context: DurableContext): Promise<DrillResult> => {
  const request = parseDrillRequest(input);
  if (!request.ok) throw new Error(`The drill cannot begin: ${request.error}`);
  const ports = { ...adapters, durable: createDurable(context), log: createReplayAwareLog(context) };
  const result = await drillByItself(request.value, toDrillNames(prefix).made, ports);
  if (!result.ok) throw new Error(`The drill did not begin: ${result.error}`);
  const { drillId, failed } = result.value;
  if (failed.length > 0) throw new Error(`${drillId} failed: ${failed.join(', ')}`);
  return result.value;
});
