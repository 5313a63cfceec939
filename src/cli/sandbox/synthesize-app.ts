import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve as toAbsolute } from 'node:path';
import { InputError } from '../cli-error';
import { onExit } from '../signals';
import { reasonOfFailedSynthesis } from './reason-of-failed-synthesis';

const PROJECT = join(__dirname, '..', '..', '..');
/** Windows has no process groups; `detached` would open a window there. */
const CAN_KILL_GROUPS = process.platform !== 'win32';

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
    // Validation takes longer than all the rest, for warnings that nobody sees here: `npm run synth` shows them.
    CDK_VALIDATION: 'false',
    PORTCULLIS_CONFIG: toAbsolute(configurationFile),
  });
  if (code === 0) return;
  if (code === 2) throw new InputError(errors.trim());
  throw new Error(`the CDK app could not be synthesized: ${reasonOfFailedSynthesis(errors)}`);
}

function runNode(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: PROJECT,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      // A process group of its own: the app starts bundlers, and none may write on when we have gone.
      detached: CAN_KILL_GROUPS,
    });
    const forget = onExit(() => {
      killAll(child);
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      forget();
      resolve({ code, errors });
    });
  });
}

function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(CAN_KILL_GROUPS ? -child.pid : child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
