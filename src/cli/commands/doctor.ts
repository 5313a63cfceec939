import type { Command } from 'commander';
import type { RunDoctorOptions } from '../doctor/run-doctor';
import { addOperatorOptions } from '../operator/operator-options';

/** Adds its command, with help and options, to the program. */
export function registerDoctor(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('check a deployment and what it needs, one line each, with the fix')
    .option('--accounts <list>', "member accounts to check (default: Security Hub's members and the hub)", split)
    .option('--regions <list>', 'Regions to check in each (default: the hub Region)', split)
    .option('--member', 'with credentials of a member account: check its documents, trail and flow logs from inside')
    .option('--rollout', 'with credentials of rollout.account, in its Region: check the StackSet and its stacks')
    .option('--before-removal', 'say what would stay open or SUPPRESSED for good if Portcullis were removed now')
    .option('--json', 'print one JSON object a check: {"check","status","found","fix"}');
  addOperatorOptions(doctor)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account; docs/doctor.md lists the calls. It changes nothing. Exits with 0 when all is well, with 1
when something is not, with 3 when something could not be checked and the rest is well.

Examples:
  $ AWS_PROFILE=member portcullis doctor --member --regions eu-central-1,us-east-1
  $ AWS_PROFILE=rollout portcullis doctor --rollout --region eu-central-1
  $ AWS_PROFILE=security portcullis doctor --region eu-central-1 --regions eu-central-1,us-east-1
  $ portcullis doctor --before-removal && npx cdk destroy --all
  $ portcullis doctor --accounts 222222222222 --json | jq -r 'select(.status != "ok") | .fix'
`,
    )
    .action(async (options: RunDoctorOptions) => {
      const { runDoctor } = require('../doctor/run-doctor') as typeof import('../doctor/run-doctor');
      await runDoctor(options);
    });
}

function split(list: string): readonly string[] {
  return list.split(',').map((one) => one.trim());
}
