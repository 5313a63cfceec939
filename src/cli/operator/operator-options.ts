import type { Command } from 'commander';

/** The options of every command that works with a deployment. */
export function addOperatorOptions(command: Command): Command {
  return addProfileOption(command)
    .option('--region <code>', "Security Hub's aggregation Region (default: as the AWS CLI finds it)")
    .option('--prefix <prefix>', 'prefix of the deployment, as in portcullis.yaml', 'Portcullis');
}

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** As of the AWS CLI: whose credentials and Region, SSO included. It comes before what the environment says. */
export function addProfileOption(command: Command): Command {
  return command
    .option('--profile <name>', 'profile of the AWS CLI (default: AWS_PROFILE)')
    .hook('preAction', (_, given) => {
      const { profile } = given.opts<{ readonly profile?: string }>();
      if (profile === undefined) return;
      process.env['AWS_PROFILE'] = profile;
      // As the AWS CLI does: what was named counts, and the SDK has nothing to warn of.
      for (const name of KEYS) Reflect.deleteProperty(process.env, name);
    });
}
