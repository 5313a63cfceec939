import type { Configuration } from '../../core/configuration/configuration-schema';
import { doubtsAboutPolicy } from '../../core/configuration/doubts-about-policy';
import { toPolicy } from '../../core/configuration/to-policy';
import type { ConfiguredException } from '../../core/exceptions/configured-exception';
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
  return { ...configuration, exceptions: toPolicy(configuration).exceptions ?? [] };
}
