import type { Command } from 'commander';
import { SANDBOX_CONFIGURATION, SANDBOX_DETECTION } from './sandbox';

interface StartFlags {
  readonly out: string;
  readonly json?: true;
}

/** `portcullis start`, which `npm start` runs. */
export function registerStart(program: Command): void {
  program
    .command('start')
    .description('play the main job on the embedded sandbox: from a finding to RESOLVED, in nineteen scenarios')
    .option('--out <dir>', 'directory for report.html and findings.csv', 'out')
    .option('--json', 'end with one JSON object on stdout')
    .addHelpText(
      'after',
      `
Needs no AWS account and no network. Ends with 0 only if every scenario ended as it should.

Examples:
  $ npm start
  $ npm start -- --json
`,
    )
    .action(async (flags: StartFlags) => {
      const { runStart } = require('../start/run-start') as typeof import('../start/run-start');
      await runStart({
        out: flags.out,
        json: flags.json === true,
        configurationFile: SANDBOX_CONFIGURATION,
        detectionFile: SANDBOX_DETECTION,
      });
    });
}
