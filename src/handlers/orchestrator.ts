import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { createDurable } from '../aws/lambda/durable';
import { createOrchestratorAdapters } from '../aws/adapters/orchestrator-adapters';
import { createReplayAwareLog } from '../aws/lambda/replay-aware-log';
import { ExecutionFailure } from '../flow/remediation/execution-failure';
import { parseExecutionInput } from '../flow/remediation/parse-execution-input';
import { remediate, type ExecutionResult } from '../flow/remediation/remediate';
import { parseOrchestratorSettings } from './settings';

const settings = parseOrchestratorSettings(process.env);
const adapters = createOrchestratorAdapters(settings);

/** Started by the dispatcher, once for each target and generation. */
export const handler = withDurableExecution(
  async (input: unknown, context: DurableContext): Promise<ExecutionResult> => {
    const parsed = parseExecutionInput(input);
    if (!parsed.ok) throw new ExecutionFailure(parsed.error);
    const ports = { ...adapters, durable: createDurable(context), log: createReplayAwareLog(context) };
    return remediate(parsed.value, ports, settings.policy);
  },
);
