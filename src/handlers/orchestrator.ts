import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { createDurable } from '../aws/durable';
import { createOrchestratorAdapters } from '../aws/orchestrator-adapters';
import { createReplayAwareLog } from '../aws/replay-aware-log';
import { remediate, type ExecutionInput, type ExecutionResult } from '../flow/remediate';
import { parseOrchestratorSettings } from './settings';

const settings = parseOrchestratorSettings(process.env);
const adapters = createOrchestratorAdapters(settings);

/** Started by the dispatcher, once for each target and generation. */
export const handler = withDurableExecution(
  (input: ExecutionInput, context: DurableContext): Promise<ExecutionResult> => {
    const ports = { ...adapters, durable: createDurable(context), log: createReplayAwareLog(context) };
    return remediate(input, ports, settings.policy);
  },
);
