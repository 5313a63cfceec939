import type { Command } from 'commander';
import type { ExplainOptions } from '../policy/run-policy-explain';
import type { SimulateOptions } from '../policy/run-policy-simulate';
import { addOperatorOptions } from '../operator/operator-options';

/** Adds its command, with help and options, to the program. */
export function registerPolicy(program: Command): void {
  const policy = program
    .command('policy')
    .description('try the decisions of portcullis.yaml before they are deployed')
    .helpCommand(false);
  policy
    .command('simulate')
    .description('say what a policy would do with the findings of an export, offline')
    .requiredOption(
      '--findings <file>',
      'what `aws securityhub get-findings` or `get-findings-v2` printed, or events of Security Hub; - reads standard input',
    )
    .option('--policy <file>', 'portcullis.yaml to try', 'portcullis.yaml')
    .option('--against <file>', 'another portcullis.yaml: says which findings it would decide about in another way')
    .option('--context <file>', 'what is known about targets, a {"target","context"} a line; without it, nothing is')
    .option(
      '--exceptions <file>',
      'what portcullis exceptions list --all --json printed; without it, those of the policy alone',
    )
    .option('--partial', 'take one page of several (--max-items, --no-paginate) for what it is, a part')
    .option('--json', 'print one JSON object a finding, and the counts as the last one')
    .addHelpText(
      'after',
      `
Tags are those that the findings carry of their resources, or those of --context; where neither says any, an entry that asks for
tags asks. Without --context an entry that asks for facts asks, and guards that go by them are left out.

Examples:
  $ aws securityhub get-findings > findings.json
  $ portcullis policy simulate --findings findings.json
  $ portcullis policy simulate --findings findings.json --context context.ndjson
  $ portcullis policy simulate --findings findings.json --policy new.yaml --against portcullis.yaml
`,
    )
    .action(async (options: SimulateOptions) => {
      const { runPolicySimulate } =
        require('../policy/run-policy-simulate') as typeof import('../policy/run-policy-simulate');
      await runPolicySimulate(options);
    });
  const explain = policy
    .command('explain')
    .description('say which entry, guard or exception decides about a finding, and why')
    .argument('<finding-id>', 'id of the finding, as Security Hub has it')
    .option('--findings <file>', 'offline: an export that holds it; left out, the hub and the deployment are asked')
    .option(
      '--policy <file>',
      'portcullis.yaml to explain (default: what is deployed; with --findings: portcullis.yaml)',
    )
    .option('--context <file>', 'with --findings: what is known about targets, a {"target","context"} a line')
    .option('--exceptions <file>', 'with --findings: what portcullis exceptions list --all --json printed')
    .option('--json', 'print one JSON object');
  addOperatorOptions(explain)
    .addHelpText(
      'after',
      `
Without --findings it needs credentials of the hub account that may read findings and the ledger and ask the commands function.

Examples:
  $ portcullis policy explain FINDING_ID
  $ portcullis policy explain FINDING_ID --findings findings.json --context context.ndjson
`,
    )
    .action(async (findingId: string, options: ExplainOptions) => {
      const { runPolicyExplain } =
        require('../policy/run-policy-explain') as typeof import('../policy/run-policy-explain');
      await runPolicyExplain(findingId, options);
    });
}
