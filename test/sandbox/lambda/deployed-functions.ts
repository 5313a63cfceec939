import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LambdaClient } from '@aws-sdk/client-lambda';
import { buildSync } from 'esbuild';

import { deployAssembly } from '../../../sandbox/cloudformation/deploy-assembly';
import { createEvents } from '../../../sandbox/events/events-service';
import { createLambda, type LambdaOptions } from '../../../sandbox/lambda/lambda-service';
import { createLogs } from '../../../sandbox/logs/logs-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSqs } from '../../../sandbox/sqs/sqs-service';
import { createSsm } from '../../../sandbox/ssm/ssm-service';
import { asAdministrator, home, hub, startSmallSandboxWith } from '../small-sandbox';

/** A synthesized assembly by hand: the template of fixtures/ and its two functions, bundled as CDK bundles them. */
export function buildAssembly(): string {
  const directory = mkdtempSync(join(tmpdir(), 'functions-'));
  const fixtures = join(__dirname, 'fixtures');
  copyFileSync(join(fixtures, 'functions.template.json'), join(directory, 'Functions.template.json'));
  const names = ['orchestrator', 'worker'];
  for (const name of names) {
    buildSync({
      entryPoints: [join(fixtures, `${name}.ts`)],
      outfile: join(directory, `asset.${name}`, 'index.js'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['@aws-sdk/*'],
      logLevel: 'error',
    });
  }
  const files = names.map((name) => {
    const destinations = { here: { bucketName: 'any', objectKey: `${name}.zip` } };
    return [name, { source: { path: `asset.${name}`, packaging: 'zip' }, destinations }] as const;
  });
  writeFileSync(join(directory, 'Functions.assets.json'), JSON.stringify({ files: Object.fromEntries(files) }));
  return directory;
}

export interface DeployedFunctions {
  readonly sandbox: Sandbox;
  readonly lambda: LambdaClient;
  readonly liveArn: string;
  readonly workerArn: string;
  /** What the Lambda service offers outside AWS's API. */
  inspect<Answer>(key: string, question?: object): Promise<Answer>;
}

export async function deployFunctions(
  directory: string,
  parameters: Readonly<Record<string, string>> = {},
  options: LambdaOptions & { readonly keepsRateQuotas?: boolean } = {},
): Promise<DeployedFunctions> {
  const { keepsRateQuotas = false, ...lambda } = options;
  const services = [createLambda(lambda), createSqs(), createEvents(), createLogs(), createSsm()];
  const sandbox = await startSmallSandboxWith({ keepsRateQuotas }, ...services);
  const stacks = [{ templateFile: 'Functions.template.json', account: hub, region: home, parameters }];
  const [stack] = await deployAssembly(sandbox.world, { directory, stacks }).catch(async (error: unknown) => {
    await sandbox.stop();
    throw error;
  });
  return {
    sandbox,
    lambda: new LambdaClient(asAdministrator(sandbox, hub)),
    liveArn: stack?.outputs['LiveArn'] ?? '',
    workerArn: stack?.outputs['WorkerArn'] ?? '',
    inspect: async <Answer>(key: string, question?: object) => {
      const response = await fetch(`${sandbox.endpoint}/_sandbox/lambda/${key}`, {
        method: 'POST',
        body: JSON.stringify(question ?? {}),
      });
      return (await response.json()) as Answer;
    },
  };
}
