import { prepareScenario } from '../scenarios/prepare-scenario';
import { readScenarioFile } from '../scenarios/read-scenario-file';
import { SandboxClients } from '../scenarios/sandbox-clients';
import { exitOnSignals, untilSignal } from '../signals';
import { checkPort, toPortError } from './check-port';
import { ACCOUNT_WITHOUT_ROLES } from './deploy-portcullis';
import { startPortcullisSandbox } from './start-portcullis-sandbox';

export interface RunSandboxOptions {
  readonly port: number;
  readonly configurationFiles: readonly [string, ...string[]];
  readonly scenarioFile: string | undefined;
  /** Left out, the two of the sandbox. */
  readonly members: readonly string[] | undefined;
}

/**
 * Serves until SIGINT or SIGTERM. Progress goes to stderr; stdout gets one line of JSON when everything is deployed.
 */
export async function runSandbox({
  port,
  configurationFiles,
  scenarioFile,
  members,
}: RunSandboxOptions): Promise<void> {
  const scenarios = scenarioFile === undefined ? [] : readScenarioFile(scenarioFile);
  await checkPort(port);
  const ignoreSignals = exitOnSignals();
  const sandbox = await startPortcullisSandbox({
    configurationFiles,
    port,
    clockMode: 'real',
    ...(members && { members }),
    // Nobody is notified by `doctor` of an account that they have not asked for.
    withoutStack: scenarios.some(({ account }) => account === ACCOUNT_WITHOUT_ROLES) ? [ACCOUNT_WITHOUT_ROLES] : [],
    onProgress: (step) => process.stderr.write(`${step} …\n`),
  }).catch((error: unknown) => {
    // Somebody else may have taken the port meanwhile.
    throw error instanceof Error ? toPortError(error, port) : error;
  });
  try {
    const { hub, partition, regions } = sandbox.world;
    const clients = new SandboxClients(sandbox.endpoint);
    const now = (): number => sandbox.world.clock.now();
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const prepared = [];
    for (const scenario of scenarios) {
      const { target, findingIds } = await prepareScenario(scenario, { clients, partition, say, now });
      prepared.push({ name: scenario.name, target, findingIds });
    }
    const ready = { ready: true, endpoint: sandbox.endpoint, hub, members: sandbox.members, regions };
    process.stdout.write(`${JSON.stringify(prepared.length > 0 ? { ...ready, scenarios: prepared } : ready)}\n`);
    const signalled = untilSignal();
    ignoreSignals();
    await signalled;
  } finally {
    await sandbox.stop();
  }
}
