import type { Command } from 'commander';
import type { OpenOptions } from '../grants/run-open';
import { addOperatorOptions } from '../operator/operator-options';
import type { EndOptions } from '../with-end/run-end';
import type { ListOptions } from '../with-end/run-list';

/** `portcullis open`, and `portcullis grants` with what it can be asked for. */
export function registerGrants(program: Command): void {
  registerOpen(program);
  const grants = program
    .command('grants')
    .description('list what is open for a while, and end it before its time')
    .helpCommand(false);
  registerList(grants);
  registerEnd(grants);
}

function registerOpen(program: Command): void {
  const open = program
    .command('open')
    .description('open one port of a security group to one block of addresses, for a while')
    .requiredOption('--target <target>', 'ACCOUNT/REGION/ID of the security group')
    .requiredOption('--port <port>', 'one port of tcp that grants.ports allows, such as 22')
    .requiredOption('--source <cidr>', 'who may reach it, such as 198.51.100.7/32; never the internet')
    .requiredOption('--for <duration>', 'how long, such as 30m or 2h; at most grants.maximum')
    .requiredOption('--reason <text>', 'why; it is kept and shown')
    .option('--json', 'print the record as one JSON object');
  addOperatorOptions(open)
    .addHelpText(
      'after',
      `
At its end it is taken away again, and that is read back. What is open already stays as it is, and nothing is taken away then.
Needs grants in portcullis.yaml, and credentials of the hub account that may ask the commands function and read the ledger
(docs/security.md).

Example:
  $ portcullis open --target 222222222222/eu-central-1/sg-0123456789abcdef0 --port 22 --source 198.51.100.7/32 \\
      --for 2h --reason "disk full on web-1"
`,
    )
    .action(async (options: OpenOptions) => {
      const { runOpen } = require('../grants/run-open') as typeof import('../grants/run-open');
      await runOpen(options);
    });
}

function registerList(grants: Command): void {
  const list = grants
    .command('list')
    .description('list grants: those that are open, and with --all also those that have ended')
    .option('--all', 'also those that have ended')
    .option(
      '--json',
      'print one JSON object a line: {"grantId","target","port","source","reason","by","since","until","state"}',
    );
  addOperatorOptions(list)
    .addHelpText(
      'after',
      `
Examples:
  $ portcullis grants list
  $ portcullis grants list --all --json
`,
    )
    .action(async (options: ListOptions) => {
      const { runGrantsList } = require('../grants/run-grants-list') as typeof import('../grants/run-grants-list');
      await runGrantsList(options);
    });
}

function registerEnd(grants: Command): void {
  const end = grants
    .command('end')
    .description('take away what a grant has opened before its time')
    .argument('<grant-id>', 'such as grt-0123456789abcdef: portcullis grants list names it')
    .option('--json', 'print the record as one JSON object');
  addOperatorOptions(end)
    .addHelpText(
      'after',
      `
Example:
  $ portcullis grants end grt-0123456789abcdef
`,
    )
    .action(async (grantId: string, options: EndOptions) => {
      const { runGrantsEnd } = require('../grants/run-grants-end') as typeof import('../grants/run-grants-end');
      await runGrantsEnd(grantId, options);
    });
}
