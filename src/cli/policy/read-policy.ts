import type { Configuration } from '../../core/configuration/configuration-schema';
import { toPolicy } from '../../core/configuration/to-policy';
import type { ConfiguredException } from '../../core/exceptions/configured-exception';
import { readConfigurationFile } from './read-configuration-file';

/** What of a configuration decides about findings. */
export type TriedPolicy = Omit<Configuration, 'exceptions'> & { readonly exceptions: readonly ConfiguredException[] };

/** @throws InputError with all mistakes at once */
export function readPolicy(file: string, option: string): TriedPolicy {
  const configuration = readConfigurationFile(file, option);
  return { ...configuration, exceptions: toPolicy(configuration).exceptions ?? [] };
}
