import { partitionOf } from '../../core/partition-of';
import type { Clock } from '../../../sandbox';
import { readConfiguration } from '../../../stacks/config';
import { mistakesIn } from '../cli-error';
import { readTextFile } from '../input/text-file';
import { deployPortcullis, type PortcullisSandbox } from './deploy-portcullis';
import { synthesizeApp } from './synthesize-app';
import { makeTemporaryDirectory } from './temporary-directory';

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
  // The app tells of a file that cannot be read too, but with options that are not the command line's.
  readTextFile(configurationFile, `--config ${configurationFile}`);
  const read = readConfiguration(configurationFile);
  if (!read.ok)
    throw mistakesIn(
      `--config ${configurationFile}`,
      read.error.map((line) => withoutFile(line, configurationFile)),
    );
  const configuration = read.value;
  const partition = partitionOf(configuration.hub.aggregationRegion);

  const directory = makeTemporaryDirectory('portcullis-');
  try {
    onProgress('synthesizing the stacks');
    await synthesizeApp(configurationFile, directory.path);
    onProgress('deploying them into the embedded AWS');
    const sandbox = await deployPortcullis({ directory: directory.path, configuration, port, clockMode, partition });
    const stop = async (): Promise<void> => {
      await sandbox.stop();
      directory.remove();
    };
    return { ...sandbox, stop };
  } catch (error) {
    directory.remove();
    throw error;
  }
}

/** Every line begins with the file that all of them are of. */
function withoutFile(line: string, file: string): string {
  return line.startsWith(`${file}: `) ? line.slice(file.length + 2) : line;
}
