import type { Command } from 'commander';
import { addOperatorOptions } from '../operator/operator-options';
import type { RunUndoOptions } from '../undo/run-undo';

/** Adds its command, with help and options, to the program. */
export function registerUndo(program: Command): void {
  const undo = program
    .command('undo')
    .description('take a closing back, as the custom action Undo closing does, and wait for the end')
    .argument('<remediation-id>', "the closing's id, such as rem-0123456789abcdef: it stands in the finding's note")
    .option('--confirm', 'undo also what is older than policy.undo.maxAgeDays in portcullis.yaml')
    .option('--json', 'print the record of the undo as one JSON object');
  addOperatorOptions(undo)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may ask the commands function and read the ledger (docs/security.md).
What somebody changed since the closing is left alone, and the end says so.

Examples:
  $ AWS_PROFILE=security portcullis undo rem-0123456789abcdef --region eu-central-1
  $ portcullis undo rem-0123456789abcdef --confirm
`,
    )
    .action(async (remediationId: string, options: RunUndoOptions) => {
      const { runUndo } = require('../undo/run-undo') as typeof import('../undo/run-undo');
      await runUndo(remediationId, options);
    });
}
