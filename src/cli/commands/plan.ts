import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ControlId } from '../../core/controls/control-id';
import { CONTROL_IDS } from '../../core/controls/control-id';
import type { PlanOptions } from '../plan/run-plan';

/** Adds its command, with help and options, to the program. */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('show what closing would change, offline: which rules violate, which calls would run, what stays')
    .requiredOption(
      '--rules <file>',
      'what the AWS CLI printed of security groups, their rules or network ACLs; - reads standard input',
    )
    .requiredOption('--control <list>', 'controls that fail, such as EC2.13,EC2.18', parseControls)
    .option('--parameters <json>', "the finding's SecurityControlParameters, a JSON list")
    .addOption(
      new Option('--strategy <strategy>', 'what stays of a violating rule').choices(['close', 'revoke', 'restrict']),
    )
    .option('--policy <file>', 'portcullis.yaml to take the policy from')
    .option(
      '--prefix-lists <file>',
      'what `aws ec2 get-managed-prefix-list-entries` printed, as pl-…=FILE where there are several, or {"pl-…": ["cidr", …]}; may be given several times',
      (file: string, before: readonly string[] | undefined) => [...(before ?? []), file],
    )
    .option('--partial', 'take one page of several (--max-items, --no-paginate) for what it is, a part')
    .option('--json', 'print one JSON object a line for each target')
    .addHelpText(
      'after',
      `
Examples:
  $ aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-0123456789abcdef0 > rules.json
  $ portcullis plan --rules rules.json --control EC2.13
  $ aws ec2 describe-security-groups | portcullis plan --rules - --control EC2.13,EC2.19 --json
  $ aws ec2 get-managed-prefix-list-entries --prefix-list-id pl-0123456789abcdef0 > office.json
  $ portcullis plan --rules rules.json --control EC2.13 --prefix-lists pl-0123456789abcdef0=office.json
  $ portcullis plan --rules rules.json --control EC2.18 --parameters '[{"Name":"authorizedTcpPorts","Value":["443"]}]'
`,
    )
    .action(async (options: PlanOptions) => {
      const { runPlan } = require('../plan/run-plan') as typeof import('../plan/run-plan');
      await runPlan(options);
    });
}

/** @param before what was given by the same option before, which Commander would have the last one replace */
function parseControls(list: string, before: readonly ControlId[] = []): readonly ControlId[] {
  const controls = list.split(',').map((name) => {
    const control = CONTROL_IDS.find((id) => id.toLowerCase() === name.trim().toLowerCase());
    if (control === undefined) {
      throw new InvalidArgumentError(`there is no control "${name.trim()}"; there are ${CONTROL_IDS.join(', ')}.`);
    }
    return control;
  });
  return [...new Set([...before, ...controls])];
}
