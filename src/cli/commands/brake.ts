import type { Command } from 'commander';
import type { EngageOptions } from '../brake/run-brake-engage';
import type { ReleaseOptions } from '../brake/run-brake-release';
import type { StatusOptions } from '../brake/run-brake-status';
import { addOperatorOptions } from '../operator/operator-options';

/** Adds its command, with help and options, to the program. */
export function registerBrake(program: Command): void {
  const brake = program
    .command('brake')
    .description('show, engage and release what keeps Portcullis from closing by itself')
    .helpCommand(false);
  const status = brake
    .command('status')
    .description('say whether everything asks, and in which accounts automatic findings ask, and why')
    .option(
      '--json',
      'print one JSON object an account: {"account","reason","remediationId"|"by","since"}, account * for everything',
    );
  addOperatorOptions(status)
    .addHelpText(
      'after',
      `
Example:
  $ AWS_PROFILE=security portcullis brake status --json
`,
    )
    .action(async (options: StatusOptions) => {
      const { runBrakeStatus } = require('../brake/run-brake-status') as typeof import('../brake/run-brake-status');
      await runBrakeStatus(options);
    });
  const engage = brake
    .command('engage')
    .description('have everything automatic ask a person, at once, in every account')
    .option('--reason <text>', 'why, for those who read the findings', '')
    .option('--json', 'print what holds as one JSON object');
  addOperatorOptions(engage)
    .addHelpText(
      'after',
      `
Queued findings ask too; a plan that has begun is carried out and verified. What a person chooses goes on.

Example:
  $ AWS_PROFILE=security portcullis brake engage --reason "deployment on Friday"
`,
    )
    .action(async (options: EngageOptions) => {
      const { runBrakeEngage } = require('../brake/run-brake-engage') as typeof import('../brake/run-brake-engage');
      await runBrakeEngage(options);
    });
  const release = brake
    .command('release')
    .description('let Portcullis close by itself again, once somebody has looked')
    .option(
      '--account <id>',
      'an account that is held after a remediation that was not verified (default: what brake engage holds)',
    )
    .option('--json', 'print what held it as one JSON object');
  addOperatorOptions(release)
    .addHelpText(
      'after',
      `
Look first where an account is held: the finding's note and \`portcullis show\` name the rules that no plan explains, and CloudTrail of the account
says who changed its SSM documents.

Examples:
  $ AWS_PROFILE=security portcullis brake release
  $ AWS_PROFILE=security portcullis brake release --account 222222222222
`,
    )
    .action(async (options: ReleaseOptions) => {
      const { runBrakeRelease } = require('../brake/run-brake-release') as typeof import('../brake/run-brake-release');
      await runBrakeRelease(options);
    });
}
