import * as z from '../../core/zod-mini';
import { parseSettings, text, type Environment } from './parse-settings';

export interface DrillerSettings {
  readonly prefix: string;
  readonly region: string;
}

const schema = z.object({ PORTCULLIS_PREFIX: text, AWS_REGION: text });

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseDrillerSettings(environment: Environment): DrillerSettings {
  const data = parseSettings(schema, environment);
  return { prefix: data.PORTCULLIS_PREFIX, region: data.AWS_REGION };
}
