import * as z from 'zod';
import { configurationSchema } from '../src/core/configuration/schema/configuration-schema';

/** The JSON Schema that editors check `portcullis.yaml` with, as the text of `portcullis.schema.json`. */
export function renderConfigurationJsonSchema(): string {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ ...schema, title: 'Portcullis configuration' }, undefined, 2)}\n`;
}
