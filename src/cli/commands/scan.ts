import type { Command } from 'commander';
import { addOperatorOptions } from '../operator/operator-options';
import type { ScanOptions } from '../scan/run-scan';

/** Adds its command, with help and options, to the program. */
export function registerScan(program: Command): void {
  const scan = program
    .command('scan')
    .description('look at every security group and network ACL of accounts and Regions for what violates the controls')
    .option('--accounts <ids>', 'account ids, with commas (default: every member of Security Hub, and the hub)')
    .option('--regions <codes>', 'Regions, with commas (default: members.regions of the deployment)')
    .option('--controls <ids>', 'controls, with commas (default: all)')
    .option('--import', 'import what violates as findings of the accounts, and archive those that hold no more')
    .option('--follow <sweep-id>', 'wait for a scan that goes on already, and print what it found')
    .option('--last', 'print what the last one found, whoever or what began it, and wait for it where it goes on')
    .option('--json', 'print one JSON object for each target that violates something, and the totals as the last one');
  addOperatorOptions(scan)
    .addHelpText(
      'after',
      `
The deployment reads, with a role in each account that changes nothing; this terminal only asks and prints. It needs
credentials of the hub account that may ask the commands function and read the ledger (docs/security.md).

Exit codes: 0 everything was read, whether or not something violates; 3 something could not be read, and is named.

Examples:
  $ AWS_PROFILE=security portcullis scan
  $ portcullis scan --accounts 222222222222,333333333333 --regions eu-central-1 --controls EC2.13,EC2.14 --json
`,
    )
    .action(async (options: ScanOptions) => {
      const { runScan } = require('../scan/run-scan') as typeof import('../scan/run-scan');
      await runScan(options);
    });
}
