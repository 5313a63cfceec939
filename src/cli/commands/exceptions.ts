import type { Command } from 'commander';
import type { AddOptions } from '../exceptions/run-exceptions-add';
import { addOperatorOptions } from '../operator/operator-options';
import type { EndOptions } from '../with-end/run-end';
import type { ListOptions } from '../with-end/run-list';

/** Adds its command, with help and options, to the program. */
export function registerExceptions(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .description('accept what a finding reports until a day, list what is accepted, and end it')
    .helpCommand(false);
  registerAdd(exceptions);
  registerList(exceptions);
  registerEnd(exceptions);
}

function registerAdd(exceptions: Command): void {
  const add = exceptions
    .command('add')
    .description('let what a finding reports stay open until a day: what is open now, and nothing else')
    .requiredOption('--finding <id>', 'id of the finding, as get-findings prints it')
    .requiredOption('--until <date>', 'a day, on which it ends at 00:00 UTC, or a moment such as 2027-01-31T18:00:00Z')
    .requiredOption('--reason <text>', 'why the risk is accepted; it is kept and shown')
    .option('--source <cidr>', 'only from this address block (default: from whatever it is open to)')
    .option('--ports <list>', 'only these ports, such as 22 or 22,8000-8010 (default: all that the control forbids)')
    .option('--json', 'print the record as one JSON object');
  addOperatorOptions(add)
    .addHelpText(
      'after',
      `
The finding is SUPPRESSED where nothing is open beyond it. Another port or source that is opened on the target is a new
matter. Needs credentials of the hub account that may ask the commands function and read the ledger (docs/security.md).

Example:
  $ portcullis exceptions add --finding FINDING_ID --until 2027-01-31 --reason "vendor cannot use a VPN yet" --ports 22
`,
    )
    .action(async (options: AddOptions) => {
      const { runExceptionsAdd } =
        require('../exceptions/run-exceptions-add') as typeof import('../exceptions/run-exceptions-add');
      await runExceptionsAdd(options);
    });
}

function registerList(exceptions: Command): void {
  const list = exceptions
    .command('list')
    .description('list exceptions: live ones, and with --all also those that have ended')
    .option('--all', 'also those that have ended')
    .option(
      '--json',
      'print one JSON object a line: {"exceptionId","target","control","source","ports","reason","by","until","state"}',
    );
  addOperatorOptions(list)
    .addHelpText(
      'after',
      `
Examples:
  $ portcullis exceptions list
  $ portcullis exceptions list --all --json > exceptions.ndjson
`,
    )
    .action(async (options: ListOptions) => {
      const { runExceptionsList } =
        require('../exceptions/run-exceptions-list') as typeof import('../exceptions/run-exceptions-list');
      await runExceptionsList(options);
    });
}

function registerEnd(exceptions: Command): void {
  const end = exceptions
    .command('end')
    .description('end an exception before its time: its findings are NEW, and policy decides anew')
    .argument('<exception-id>', 'such as exc-0123456789abcdef: it stands in the note of the finding')
    .option('--json', 'print the record as one JSON object');
  addOperatorOptions(end)
    .addHelpText(
      'after',
      `
Example:
  $ portcullis exceptions end exc-0123456789abcdef
`,
    )
    .action(async (exceptionId: string, options: EndOptions) => {
      const { runExceptionsEnd } =
        require('../exceptions/run-exceptions-end') as typeof import('../exceptions/run-exceptions-end');
      await runExceptionsEnd(exceptionId, options);
    });
}
