import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAsOperator } from '../../cli/operator-cli';
import { runCli } from '../../cli/run-cli';
import type { Deployed } from '../deployed-portcullis';

/** What `portcullis verify` says of all certificates of a target, judged by the exit code: 0 where all of it holds. */
export async function verifyChain(
  portcullis: Deployed,
  remediationId: string,
  ...options: readonly string[]
): Promise<{ readonly exitCode: number | null; readonly stderr: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-chain-'));
  try {
    const file = join(directory, 'chain.json');
    const show = ['show', remediationId, '--certificate', file, '--chain', ...options];
    const shown = await runAsOperator(portcullis, show);
    if (shown.exitCode !== 0) return shown;
    const { exitCode, stderr } = await runCli(['verify', file]);
    return { exitCode, stderr };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
