import { App } from 'aws-cdk-lib';
import { APP_CONTEXT } from './app-context';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { EXAMPLE_FILE, findConfigurationFile, readConfiguration } from './config';
import { addStacks, addStacksOf } from './portcullis';

/**
 * The CDK app. Run by the CDK CLI (`cdk synth -c config=FILE`), or without it:
 * `PORTCULLIS_CONFIG=FILE CDK_OUTDIR=DIR npx tsx stacks/app.ts`.
 *
 * With `rollout`, it has the stacks of the account that the CLI has credentials of, or that `-c account=…` names; all
 * of them where nobody says which.
 */
const app = new App({ context: APP_CONTEXT, analyticsReporting: false });
const requested: unknown = app.node.tryGetContext('config') ?? process.env['PORTCULLIS_CONFIG'];
const file = findConfigurationFile(typeof requested === 'string' ? requested : undefined);
if (typeof requested !== 'string' && file === EXAMPLE_FILE) {
  process.stderr.write(
    `No portcullis.yaml here: using ${EXAMPLE_FILE}. Copy it to portcullis.yaml and make it yours.\n`,
  );
}

const configuration = readConfiguration(file);
if (configuration.ok) {
  const account = accountToDeploy(app, configuration.value);
  if (account === undefined) addStacks(app, configuration.value);
  else if (!addStacksOf(app, configuration.value, account)) {
    process.stderr.write(
      `Account ${account} is none of hub.account, rollout.account, rollout.directly and drill.accounts in ${file}: ` +
        'only the member stack is for it, and where the StackSet of rollout reaches it, not even that.\n',
    );
  }
  app.synth();
} else {
  process.stderr.write(configuration.error.map((line) => `${line}\n`).join(''));
  process.exit(2);
}

/**
 * Undefined where all stacks are wanted.
 * https://docs.aws.amazon.com/cdk/v2/guide/environments.html: the CLI says whose credentials it has.
 */
function accountToDeploy(scope: App, { rollout }: Configuration): string | undefined {
  if (rollout === undefined) return undefined;
  const named: unknown = scope.node.tryGetContext('account') ?? process.env['CDK_DEFAULT_ACCOUNT'];
  return typeof named === 'string' && named !== '' ? named : undefined;
}
