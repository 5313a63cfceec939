import type { Command } from 'commander';
import { addOperatorOptions } from '../operator/operator-options';
import type { RunRemediateOptions } from '../remediate/run-remediate';

/** Adds its command, with help and options, to the program. */
export function registerRemediate(program: Command): void {
  const remediate = program
    .command('remediate')
    .description('close what findings report, as the custom action Close ingress does, and wait for the end')
    .argument('<finding-id...>', 'ids of findings, as get-findings prints them')
    .option('--json', 'print one JSON object a line for each remediation');
  addOperatorOptions(remediate)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may ask the commands function and read the ledger (docs/security.md).

Example:
  $ AWS_PROFILE=security portcullis remediate FINDING_ID --region eu-central-1
`,
    )
    .action(async (findingIds: string[], options: RunRemediateOptions) => {
      const { runRemediate } = require('../remediate/run-remediate') as typeof import('../remediate/run-remediate');
      await runRemediate(findingIds, options);
    });
}
