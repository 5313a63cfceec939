import type { Command } from 'commander';
import { addOperatorOptions } from '../operator/operator-options';
import type { RunWithdrawOptions } from '../withdraw/run-withdraw';

/** Adds its command, with help and options, to the program. */
export function registerWithdraw(program: Command): void {
  const withdraw = program
    .command('withdraw')
    .description('take back a request that has not begun, such as one that could not be started')
    .argument('<request-id>', 'as remediate, undo or an interrupt named it')
    .requiredOption('--target <target>', 'ACCOUNT/REGION/ID of the security group or network ACL')
    .option('--json', 'print what was withdrawn as one JSON object');
  addOperatorOptions(withdraw)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may ask the commands function (docs/security.md).

Example:
  $ portcullis withdraw cli-5d0a8b9e-3f0c-4c7b-9a61-6d1f0e7c2b48 --target 222222222222/eu-central-1/sg-0123456789abcdef0
`,
    )
    .action(async (requestId: string, options: RunWithdrawOptions) => {
      const { runWithdraw } = require('../withdraw/run-withdraw') as typeof import('../withdraw/run-withdraw');
      await runWithdraw(requestId, options);
    });
}
