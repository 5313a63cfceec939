import type { Command } from 'commander';

/** The options of every command that works with a deployment. */
export function addOperatorOptions(command: Command): Command {
  return command
    .option('--region <code>', "Security Hub's aggregation Region (default: as the AWS CLI finds it)")
    .option('--prefix <prefix>', 'prefix of the deployment, as in portcullis.yaml', 'Portcullis');
}
