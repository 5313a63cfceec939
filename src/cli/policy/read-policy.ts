import * as z from 'zod';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import { doubtsAboutPolicy } from '../../core/configuration/mistakes/doubts-about-policy';
import { parseConfiguration, renderMistake } from '../../core/configuration/parse-configuration';
import { toPolicy } from '../../core/configuration/to-policy';
import type { ConfiguredException } from '../../core/exceptions/configured-exception';
import { CouldNotTellError } from '../cli-error';
import { askCommands } from '../operator/ask-commands';
import { printable } from '../terminal';
import { readConfigurationFile } from './read-configuration-file';

/** What of a configuration decides about findings. */
export type TriedPolicy = Omit<Configuration, 'exceptions'> & { readonly exceptions: readonly ConfiguredException[] };

/**
 * Doubts about it go to stderr.
 *
 * @throws InputError with all mistakes at once
 */
export function readPolicy(file: string, option: string): TriedPolicy {
  const configuration = readConfigurationFile(file, option);
  for (const doubt of doubtsAboutPolicy(configuration))
    process.stderr.write(`${printable(`${option} ${file}: ${doubt}`)}\n`);
  return toTried(configuration);
}

/**
 * The policy that a deployment decides by.
 *
 * @throws CouldNotTellError when it could not be asked, or is of a version that this one does not understand
 */
export async function readDeployedPolicy(operator: OperatorAdapters): Promise<TriedPolicy> {
  const { deciding } = await askCommands({ command: 'policy' }, z.object({ deciding: z.unknown() }), operator);
  const configuration = parseConfiguration(deciding);
  if (configuration.ok) return toTried(configuration.value);
  const mistakes = configuration.error.map(renderMistake).join('; ');
  throw new CouldNotTellError(`the policy that is deployed is not understood by this version: ${mistakes}`);
}

function toTried(configuration: Configuration): TriedPolicy {
  return { ...configuration, exceptions: toPolicy(configuration).exceptions ?? [] };
}
