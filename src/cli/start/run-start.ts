import { setTimeout as pause } from 'node:timers/promises';
import { BRAKE_SCENARIOS } from '../scenarios/brake-scenarios';
import { BUILT_IN_SCENARIOS } from '../scenarios/built-in-scenarios';
import { DETECTION_SCENARIOS } from '../scenarios/detection-scenarios';
import { EXCEPTION_SCENARIOS } from '../scenarios/exception-scenarios';
import { GRANT_SCENARIOS } from '../scenarios/grant-scenarios';
import { renderOutcomes } from '../scenarios/outcome-table';
import { playScenario } from '../scenarios/play-scenario';
import { SLACK_SCENARIOS } from '../scenarios/slack-scenarios';
import { SandboxClients } from '../scenarios/sandbox-clients';
import type { Scenario, ScenarioOutcome } from '../scenarios/scenario';
import { USE_SCENARIOS } from '../scenarios/use-scenarios';
import { checkDirectory } from '../report/output-directory';
import type { PortcullisSandbox } from '../sandbox/deploy-portcullis';
import { exitOnSignals } from '../signals';
import { startPortcullisSandbox } from '../sandbox/start-portcullis-sandbox';
import { colorsFor } from '../terminal';
import { writeSandboxReport } from './write-sandbox-report';

/** In the order in which they are played: time passes in those of use and of grants, and a month in the last. */
export const SCENARIOS: readonly Scenario[] = [
  ...BUILT_IN_SCENARIOS,
  ...DETECTION_SCENARIOS,
  ...SLACK_SCENARIOS,
  ...USE_SCENARIOS,
  ...GRANT_SCENARIOS,
  ...BRAKE_SCENARIOS,
  ...EXCEPTION_SCENARIOS,
];

export interface RunStartOptions {
  readonly out: string;
  readonly json: boolean;
  readonly configurationFile: string;
  /** Of a second deployment in the same hub, which finds openings by CloudTrail. */
  readonly detectionFile: string;
}

/**
 * Plays the built-in scenarios on a sandbox of its own and writes the report of what happened. Progress goes to stderr.
 *
 * @throws InputError when the report cannot be written there, Error when a scenario did not end as it should
 */
export async function runStart({ out, json, configurationFile, detectionFile }: RunStartOptions): Promise<void> {
  const colors = colorsFor(process.stderr);
  const print = (line: string): void => void process.stderr.write(`${line}\n`);
  const began = Date.now();
  exitOnSignals(
    () => `the sandbox is gone with all that was in it, and ${out} is as it was; the same command begins afresh`,
  );
  checkDirectory(out);
  const sandbox = await startPortcullisSandbox({
    configurationFiles: [configurationFile, detectionFile],
    port: 0,
    // Waits of the flow are skipped as soon as nothing else is under way: minutes of AWS time take seconds.
    clockMode: 'skipping',
    onProgress: (step) => {
      print(colors.dim(`${step} …`));
    },
  });
  try {
    const outcomes: ScenarioOutcome[] = [];
    for (const scenario of SCENARIOS) {
      print(`\n${colors.bold(scenario.name)}\n${colors.dim(scenario.shows)}`);
      const outcome = await play(scenario, sandbox, (line) => {
        print(`  ${line}`);
      });
      print(`  ${verdictLine(outcome, colors)}\n  ${colors.dim(outcome.note)}`);
      outcomes.push(outcome);
    }
    // The last finding is updated before its execution ends: let it finish, so that the report has its record.
    await sandbox.world.clock.idle();
    const files = await writeSandboxReport(sandbox, out);
    const ok = outcomes.every((outcome) => outcome.surprises.length === 0);
    const width = process.stdout.columns || 120;
    if (json) process.stdout.write(`${JSON.stringify({ scenarios: outcomes, ok })}\n`);
    else process.stdout.write(`\n${renderOutcomes(outcomes, colorsFor(process.stdout), width)}\n`);
    const ended = ok ? `all ${String(outcomes.length)} scenarios ended as they should` : 'not all is as it should be';
    print(`\n${ended}, in ${((Date.now() - began) / 1000).toFixed(1)} s; ${files.join(', ')}`);
    if (!ok) throw new Error(surprisesOf(outcomes));
  } finally {
    await sandbox.stop();
  }
}

function play(scenario: Scenario, sandbox: PortcullisSandbox, say: (line: string) => void): Promise<ScenarioOutcome> {
  const { hub, partition } = sandbox.world;
  const clients = new SandboxClients(sandbox.endpoint);
  const { prefix } = sandbox.configuration;
  const stage = { clients, hub, partition, prefix, say, now: Date.now };
  const { clock } = sandbox.world;
  return playScenario(scenario, {
    ...stage,
    pause: (millis) => pause(millis),
    time: {
      now: () => clock.now(),
      // What is under way must not be overtaken by a month.
      advance: async (millis) => {
        await clock.idle();
        await clock.advance(millis);
      },
    },
  });
}

function verdictLine(outcome: ScenarioOutcome, colors: ReturnType<typeof colorsFor>): string {
  const seconds = `${(outcome.millis / 1000).toFixed(1)} s`;
  if (outcome.surprises.length > 0) return colors.red(`✗ ${outcome.surprises.join('; ')} (${seconds})`);
  const line = `${outcome.workflow}: ${outcome.outcome} (${seconds})`;
  return outcome.workflow === 'RESOLVED' ? colors.green(`✓ ${line}`) : colors.yellow(`✓ ${line}, as it should`);
}

function surprisesOf(outcomes: readonly ScenarioOutcome[]): string {
  const lines = outcomes.flatMap(({ name, surprises }) =>
    surprises.length > 0 ? [`${name}: ${surprises.join('; ')}`] : [],
  );
  return `not every scenario ended as it should: ${lines.join(' | ')}`;
}
