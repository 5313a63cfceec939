import type { Command } from 'commander';
import type { RunFollowOptions } from '../follow/run-follow';
import { addOperatorOptions } from '../operator/operator-options';

/** Adds its command, with help and options, to the program. */
export function registerFollow(program: Command): void {
  const follow = program
    .command('follow')
    .description('wait for the end of what was asked for before, by remediate or undo')
    .argument('<request-id>', 'as an interrupt of remediate or undo named it')
    .requiredOption('--target <target>', 'ACCOUNT/REGION/ID of the security group or network ACL')
    .option('--json', 'print the record as one JSON object');
  addOperatorOptions(follow)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may read the ledger.

Example:
  $ portcullis follow cli-5d0a8b9e-3f0c-4c7b-9a61-6d1f0e7c2b48 --target 222222222222/eu-central-1/sg-0123456789abcdef0
`,
    )
    .action(async (requestId: string, options: RunFollowOptions) => {
      const { runFollow } = require('../follow/run-follow') as typeof import('../follow/run-follow');
      await runFollow(requestId, options);
    });
}
