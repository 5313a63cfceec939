import { networkAclEntrySchema } from '../network/network-acl-schema';
import { securityGroupRuleSchema } from '../network/security-group-schema';
import { failure, success, type Result } from '../result';
import { renderSchemaError } from '../schema-words';
import * as z from '../zod-mini';
import type { Restored } from './restored';

const givenBackSchema = z.array(
  z.object({
    rule: z.union([securityGroupRuleSchema, networkAclEntrySchema]),
    remediationId: z.string(),
    at: z.iso.datetime(),
    wasLeft: z.exactOptional(z.literal(true)),
  }),
);

/** What the ledger keeps of rules that undos have restored, from its JSON. */
export function parseRestored(text: string): Result<Restored, string> {
  try {
    const json: unknown = JSON.parse(text);
    const parsed = givenBackSchema.safeParse(json);
    return parsed.success ? success(parsed.data) : failure(renderSchemaError(parsed.error, json));
  } catch {
    return failure('It is no JSON.');
  }
}
