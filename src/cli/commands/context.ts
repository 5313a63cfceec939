import type { Command } from 'commander';
import type { RunContextOptions } from '../context/run-context';
import { addOperatorOptions } from '../operator/operator-options';

/** Adds its command, with help and options, to the program. */
export function registerContext(program: Command): void {
  const context = program
    .command('context')
    .description('show what is known about a target: what is attached, whether the internet reaches it, who owns it')
    .argument('[finding-id]', 'the Id of a finding about it')
    .option('--target <target>', 'ACCOUNT/REGION/ID of the security group or network ACL, instead of a finding')
    .option('--all', 'of every target that an active finding of the hub is about: a {"target","context"} a line')
    .option('--findings <file>', 'the same for the findings of an export, - for standard input')
    .option('--json', 'print one JSON object, each fact with its evidence or the reason why it is not known');
  addOperatorOptions(context)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may ask the commands function and read the ledger (docs/security.md).
It is read with the member role by the deployment, changes nothing, and stands in the ledger. Each target is an execution of the
orchestrator, and where flow logs are configured a search of them: many take their time and cost what they read.

Examples:
  $ AWS_PROFILE=security portcullis context --target 222222222222/eu-central-1/sg-0123456789abcdef0
  $ portcullis context FINDING_ID --json
  $ portcullis context --all > context.ndjson; portcullis policy simulate --findings findings.json --context context.ndjson
`,
    )
    .action(async (findingId: string | undefined, options: RunContextOptions) => {
      const { runContext } = require('../context/run-context') as typeof import('../context/run-context');
      await runContext(findingId, options);
    });
}
