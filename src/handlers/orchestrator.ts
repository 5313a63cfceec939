import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { createDurable } from '../aws/lambda/durable';
import { createOrchestratorAdapters } from '../aws/adapters/orchestrator-adapters';
import { executionNameIn } from '../aws/lambda/execution-name-in';
import { createReplayAwareLog } from '../aws/lambda/replay-aware-log';
import { READING_SECONDS } from '../core/context/reading-seconds';
import { unitsThatHold } from '../core/policy/units-that-hold';
import { POLICY_FILE } from '../core/configuration/bundled-files';
import { ExecutionFailure } from '../flow/remediation/execution-failure';
import { parseExecutionInput } from '../flow/remediation/parse-execution-input';
import { remediate, type ExecutionResult } from '../flow/remediation/remediate';
import { readBundledFile } from './settings/bundled-file';
import { parseOrchestratorSettings } from './settings/settings';

const settings = parseOrchestratorSettings(process.env, readBundledFile(__dirname, POLICY_FILE));
const { decisions = [], readingSeconds = READING_SECONDS } = settings.policy;
const adapters = createOrchestratorAdapters({ ...settings, units: unitsThatHold(decisions), readingSeconds });

/** Started by the dispatcher and the commands, once for each holding of a target. */
export const handler = withDurableExecution(
  async (input: unknown, context: DurableContext): Promise<ExecutionResult> => {
    const parsed = parseExecutionInput(input);
    if (!parsed.ok) throw new ExecutionFailure(parsed.error);
    const { target, ...tenure } = parsed.value;
    // Names are taken once: so a second execution of the holding, which anybody might start who may invoke, does
    // nothing.
    const name = executionNameIn(context.executionContext.durableExecutionArn);
    if (name !== adapters.identifiers.executionName(target, tenure)) {
      throw new ExecutionFailure(`The execution cannot begin: its name ${name} is not that of the holding it names.`);
    }
    const ports = { ...adapters, durable: createDurable(context), log: createReplayAwareLog(context) };
    return remediate(parsed.value, ports, settings.policy);
  },
);
