import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderConfigurationJsonSchema } from '../stacks/configuration-json-schema';

writeFileSync(join(__dirname, '..', 'portcullis.schema.json'), renderConfigurationJsonSchema());
