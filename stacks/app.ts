import { App } from 'aws-cdk-lib';
import { EXAMPLE_FILE, findConfigurationFile, readConfiguration } from './config';
import { addStacks, FEATURE_FLAGS } from './portcullis';

/**
 * The CDK app. Run by the CDK CLI (`cdk synth -c config=FILE`), or without it:
 * `PORTCULLIS_CONFIG=FILE CDK_OUTDIR=DIR npx tsx stacks/app.ts`.
 */
const app = new App({ context: FEATURE_FLAGS, analyticsReporting: false });
const requested: unknown = app.node.tryGetContext('config') ?? process.env['PORTCULLIS_CONFIG'];
const file = findConfigurationFile(typeof requested === 'string' ? requested : undefined);
if (file === EXAMPLE_FILE) {
  console.error(`No portcullis.yaml here: using ${EXAMPLE_FILE}. Copy it to portcullis.yaml and make it yours.`);
}

const configuration = readConfiguration(file);
if (configuration.ok) {
  addStacks(app, configuration.value);
  app.synth();
} else {
  for (const line of configuration.error) console.error(line);
  process.exit(2);
}
