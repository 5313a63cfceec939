import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  deployPortcullis,
  type DeployPortcullisOptions,
  type PortcullisSandbox,
} from '../../src/cli/sandbox/deploy-portcullis';
import { synthesizeApp } from '../../src/cli/sandbox/synthesize-app';
import { readConfiguration } from '../../stacks/config';

export type BenchDeployment = Pick<DeployPortcullisOptions, 'clockMode' | 'services' | 'members' | 'keepsRateQuotas'>;

/** Synthesizes the app with a configuration, deploys it into a sandbox of its own, and cleans up after measuring. */
export async function withDeployment<Value>(
  configurationText: string,
  deployment: BenchDeployment,
  measure: (sandbox: PortcullisSandbox) => Promise<Value>,
): Promise<Value> {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-bench-'));
  try {
    const file = path.join(directory, 'portcullis.yaml');
    writeFileSync(file, configurationText);
    const configuration = readConfiguration(file);
    if (!configuration.ok) throw new Error(configuration.error.join('\n'));
    const assembly = path.join(directory, 'assembly');
    await synthesizeApp(file, assembly);
    const options = { directory: assembly, configuration: configuration.value, port: 0, ...deployment };
    const sandbox = await deployPortcullis(options);
    try {
      return await measure(sandbox);
    } finally {
      await sandbox.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
