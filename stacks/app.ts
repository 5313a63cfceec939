import { App } from 'aws-cdk-lib';
import { EXAMPLE_FILE, findConfigurationFile, readConfiguration } from './config';
import { addStacks, APP_CONTEXT } from './portcullis';

/**
 * The CDK app. Run by the CDK CLI (`cdk synth -c config=FILE`), or without it:
 * `PORTCULLIS_CONFIG=FILE CDK_OUTDIR=DIR npx tsx stacks/app.ts`.
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
  addStacks(app, configuration.value);
  app.synth();
} else {
  process.stderr.write(configuration.error.map((line) => `${line}\n`).join(''));
  process.exit(2);
}
