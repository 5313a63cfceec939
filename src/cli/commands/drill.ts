import type { Command } from 'commander';
import { addProfileOption } from '../operator/operator-options';
import type { RunDrillOptions } from '../drill/run-drill';

/** Adds its command, with help and options, to the program. */
export function registerDrill(program: Command): void {
  const drill = program
    .command('drill')
    .description('prove in an account for drills that the whole chain works there: open, close, undo, close, remove')
    .requiredOption('--account <id>', 'an account of drill.accounts in portcullis.yaml')
    .requiredOption('--region <code>', 'where in it')
    .option('--control <id>', 'what is opened: EC2.13, .14, .19, .53, .54, or .21 for a network ACL', 'EC2.13')
    .option('--vpc <id>', 'where the security group is made (default: the default VPC and one of its own)')
    .option('--by-policy', 'ask nobody to close it first: wait until the policy does, which proves rule and queue too')
    .option('--hub-region <code>', "Security Hub's aggregation Region (default: as the AWS CLI finds it)")
    .option('--prefix <prefix>', 'prefix of the deployment, as in portcullis.yaml', 'Portcullis')
    .option('--out <folder>', 'write drill.json and certificates.json there')
    .option('--clean', 'only remove what drills that were killed have left')
    .option('--yes', 'do not ask')
    .option('--json', 'print a JSON object for each step');
  addProfileOption(drill)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may take on the role of drills, ask the commands function, read the ledger and
securityhub:GetFindings (docs/drill.md). What it makes is tagged portcullis:drill, attached to nothing, and removed at
the end, also after Ctrl-C. It refuses every account that has no role for drills.

Exit codes: 0 everything was shown; 1 a step failed, or something could not be removed; 2 bad input; 3 interrupted.

Examples:
  $ AWS_PROFILE=security portcullis drill --account 333333333333 --region eu-central-1
  $ portcullis drill --account 333333333333 --region eu-central-1 --control EC2.21 --yes --out out
  $ portcullis drill --account 333333333333 --region eu-central-1 --clean
`,
    )
    .action(async (options: RunDrillOptions) => {
      const { runDrill } = require('../drill/run-drill') as typeof import('../drill/run-drill');
      await runDrill(options);
    });
}
