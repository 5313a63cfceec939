import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { webhookBodySchema } from '../src/core/messages/webhook/webhook-body';

// Writes docs/webhook.schema.json: what receivers of webhooks get. `npm run generate`.

const schema = z.toJSONSchema(webhookBodySchema, { target: 'draft-7' });
const titled = { ...schema, title: 'Portcullis webhook, version 1' };
writeFileSync(join(__dirname, '..', 'docs', 'webhook.schema.json'), `${JSON.stringify(titled, undefined, 2)}\n`);
