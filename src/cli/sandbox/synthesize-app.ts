import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { InputError } from '../cli-error';

const PROJECT = join(__dirname, '..', '..', '..');

/**
 * Synthesizes the CDK app into a directory, as `cdk synth` would, without the CDK CLI. A process of its own: the CDK is
 * large, and the app ends its process on a bad configuration.
 *
 * @throws InputError with the app's own lines when the configuration has mistakes
 */
export async function synthesizeApp(configurationFile: string, outputDirectory: string): Promise<void> {
  const { code, errors } = await runNode(['--require', 'tsx/cjs', join('stacks', 'app.ts')], {
    ...process.env,
    CDK_OUTDIR: outputDirectory,
    PORTCULLIS_CONFIG: configurationFile,
  });
  if (code === 0) return;
  if (code === 2) throw new InputError(errors.trim());
  throw new Error(`the CDK app could not be synthesized: ${errors.trim()}`);
}

function runNode(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, errors });
    });
  });
}
