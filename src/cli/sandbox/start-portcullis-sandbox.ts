import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../sandbox/kernel/clock';
import { readConfiguration } from '../../../stacks/config';
import { InputError } from '../cli-error';
import { deployPortcullis, type PortcullisSandbox } from './deploy-portcullis';
import { synthesizeApp } from './synthesize-app';

export interface PortcullisSandboxOptions {
  /** A `portcullis.yaml`. */
  readonly configurationFile: string;
  readonly port: number;
  readonly clockMode: Clock['mode'];
  /** Told what is under way, in a few words each. */
  readonly onProgress: (step: string) => void;
}

/**
 * Synthesizes the app and deploys the assembly into an embedded AWS of its own.
 *
 * @throws InputError when the configuration has mistakes
 */
export async function startPortcullisSandbox(options: PortcullisSandboxOptions): Promise<PortcullisSandbox> {
  const { configurationFile, port, clockMode, onProgress } = options;
  const configuration = readConfiguration(configurationFile);
  if (!configuration.ok) throw new InputError(configuration.error.join('\n'));

  const directory = await mkdtemp(join(tmpdir(), 'portcullis-'));
  const removeAssembly = () => rm(directory, { recursive: true, force: true });
  try {
    onProgress('synthesizing the stacks');
    await synthesizeApp(configurationFile, directory);
    onProgress('deploying them into the embedded AWS');
    const sandbox = await deployPortcullis({ directory, configuration: configuration.value, port, clockMode });
    const stop = async (): Promise<void> => {
      await sandbox.stop();
      await removeAssembly();
    };
    return { ...sandbox, stop };
  } catch (error) {
    await removeAssembly();
    throw error;
  }
}
