import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import { partitionOf } from '../../core/partition-of';
import type { Clock } from '../../../sandbox';
import { readConfiguration } from '../../../stacks/config';
import { InputError, mistakesIn } from '../cli-error';
import { readTextFile } from '../input/text-file';
import { deployPortcullis, type PortcullisSandbox, type Synthesized } from './deploy-portcullis';
import { withSandboxAddresses, writeCompleted } from './sandbox-addresses';
import { synthesizeApp } from './synthesize-app';
import { makeTemporaryDirectory } from './temporary-directory';

export interface PortcullisSandboxOptions {
  /** Each a `portcullis.yaml`, of one organization and one hub, with prefixes of their own. */
  readonly configurationFiles: readonly [string, ...string[]];
  readonly port: number;
  readonly clockMode: Clock['mode'];
  /** Accounts with the member stack, beside the hub's own; left out, two. */
  readonly members?: readonly string[];
  /** Accounts of the organization without it; left out, one. */
  readonly withoutStack?: readonly string[];
  /** Called with what is under way, in a few words each. */
  readonly onProgress: (step: string) => void;
}

/**
 * Synthesizes the app, once for each configuration, and deploys the assemblies into one embedded AWS.
 *
 * @throws InputError when a configuration has mistakes, or they cannot be deployed beside each other
 */
export async function startPortcullisSandbox(options: PortcullisSandboxOptions): Promise<PortcullisSandbox> {
  const { configurationFiles, port, clockMode, members, withoutStack, onProgress } = options;
  const configurations = configurationFiles.map(readOne);
  const [configuration] = configurations;
  if (configuration === undefined) throw new Error('No configuration was read.');
  checkBesideEachOther(configurationFiles, configurations);
  const partition = partitionOf(configuration.hub.aggregationRegion);

  const directory = makeTemporaryDirectory('portcullis-');
  try {
    onProgress('synthesizing the stacks');
    const synthesized: Synthesized[] = [];
    for (const [index, each] of configurations.entries()) {
      const path = join(directory.path, String(index));
      await synthesizeApp(writeCompleted(configurationFiles[index] ?? '', directory.path, index), path);
      synthesized.push({ directory: path, configuration: each });
    }
    const [first = { directory: directory.path, configuration }, ...beside] = synthesized;
    onProgress('deploying them into the embedded AWS');
    const sandbox = await deployPortcullis({
      ...first,
      beside,
      port,
      clockMode,
      partition,
      ...(members && { members }),
      ...(withoutStack && { withoutStack }),
    });
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

function readOne(file: string): Configuration {
  // The app reports a file that cannot be read too, but with options that are not the command line's.
  readTextFile(file, `--config ${file}`);
  const read = readConfiguration(file, withSandboxAddresses);
  if (!read.ok)
    throw mistakesIn(
      `--config ${file}`,
      read.error.map((line) => withoutFile(line, file)),
    );
  return read.value;
}

/** One AWS has one organization and one Security Hub, and no two things of one name. */
function checkBesideEachOther(files: readonly string[], configurations: readonly Configuration[]): void {
  const [first, ...others] = configurations;
  for (const [index, each] of others.entries()) {
    const file = `--config ${files[index + 1] ?? ''}`;
    const same = configurations.findIndex(({ prefix }) => prefix === each.prefix);
    if (same <= index) {
      throw new InputError(`${file}: prefix ${each.prefix} is that of ${files[same] ?? ''} too; write another one`);
    }
    if (each.organizationId !== first?.organizationId || !isDeepStrictEqual(each.hub, first.hub)) {
      throw new InputError(`${file}: organizationId and hub must be those of ${files[0] ?? ''}, in one embedded AWS`);
    }
  }
}
