import type { Command } from 'commander';
import type { ReleaseOptions } from '../brake/run-brake-release';
import type { StatusOptions } from '../brake/run-brake-status';
import { addOperatorOptions } from '../operator/operator-options';

export function registerBrake(program: Command): void {
  const brake = program
    .command('brake')
    .description('show and release what keeps Portcullis from closing by itself in an account')
    .helpCommand(false);
  const status = brake
    .command('status')
    .description('list the accounts in which automatic findings ask, and why')
    .option('--json', 'print one JSON object an account: {"account","reason","remediationId","since"}');
  addOperatorOptions(status).action(async (options: StatusOptions) => {
    const { runBrakeStatus } = require('../brake/run-brake-status') as typeof import('../brake/run-brake-status');
    await runBrakeStatus(options);
  });
  const release = brake
    .command('release')
    .description('let Portcullis close by itself again in an account, once somebody has looked')
    .requiredOption('--account <id>', 'the account of 12 digits')
    .option('--json', 'print what held it as one JSON object');
  addOperatorOptions(release)
    .addHelpText(
      'after',
      `
Look first: the finding's note and \`portcullis show\` name the rules that no plan explains, and CloudTrail of the account
says who changed its SSM documents.

Example:
  $ AWS_PROFILE=security portcullis brake release --account 222222222222
`,
    )
    .action(async (options: ReleaseOptions) => {
      const { runBrakeRelease } = require('../brake/run-brake-release') as typeof import('../brake/run-brake-release');
      await runBrakeRelease(options);
    });
}
