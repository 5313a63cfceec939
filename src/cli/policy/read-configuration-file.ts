import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import { parseConfiguration, renderMistake } from '../../core/configuration/parse-configuration';
import { mistakesIn } from '../cli-error';
import { readYamlFile } from '../yaml-file';

/** @throws InputError with all mistakes at once */
export function readConfigurationFile(file: string, option: string): Configuration {
  const configuration = parseConfiguration(readYamlFile(file, `${option} ${file}`));
  if (configuration.ok) return configuration.value;
  throw mistakesIn(`${option} ${file}`, configuration.error.map(renderMistake));
}
