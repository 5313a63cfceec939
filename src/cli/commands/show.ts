import type { Command } from 'commander';
import { addOperatorOptions } from '../operator/operator-options';
import type { RunShowOptions } from '../show/show-options';

/** Adds its command, with help and options, to the program. */
export function registerShow(program: Command): void {
  const show = program
    .command('show')
    .description('show the whole story of a remediation: who decided, what ran, what was read back, what became of it')
    .argument('<remediation-id>', "such as rem-0123456789abcdef: it stands in the finding's note")
    .option('--certificate [file]', 'print its certificate, or write it to a file; `portcullis verify` checks it')
    .option('--chain', 'with --certificate: all certificates of the target, as one JSON list')
    .option('--json', 'print the records as one JSON object: {"remediation": …, "related": […]}');
  addOperatorOptions(show)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may read the ledger.

Examples:
  $ AWS_PROFILE=security portcullis show rem-0123456789abcdef --region eu-central-1
  $ AWS_PROFILE=security portcullis show rem-0123456789abcdef --certificate closing.json
`,
    )
    .action(async (remediationId: string, options: RunShowOptions) => {
      const { runShow } = require('../show/run-show') as typeof import('../show/run-show');
      await runShow(remediationId, options);
    });
}
