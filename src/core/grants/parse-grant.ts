import { storedClosable } from '../stored-target';
import { failure, success, type Result } from '../result';
import { renderSchemaError } from '../schema-words';
import * as z from '../zod-mini';
import { HOW_GRANTS_END, isGrantId, type Grant, type RecordedGrant } from './grant';

const port = z.int().check(z.minimum(0), z.maximum(65_535));

export const grantedRuleSchema = z.object({
  IsEgress: z.boolean(),
  IpProtocol: z.string(),
  FromPort: port,
  ToPort: port,
  CidrIpv4: z.exactOptional(z.string()),
  CidrIpv6: z.exactOptional(z.string()),
});

/** What records keep of one. */
export const recordedGrantSchema = z.object({
  grantId: z.string().check(z.refine(isGrantId, 'is not the id of a grant')),
  rule: grantedRuleSchema,
  reason: z.string(),
  by: z.string(),
  until: z.iso.datetime(),
  openedBy: z.string(),
}) satisfies z.ZodMiniType<RecordedGrant>;

const grant = z.extend(recordedGrantSchema, {
  target: storedClosable,
  ruleId: z.exactOptional(z.string()),
  since: z.iso.datetime(),
  ended: z.exactOptional(z.object({ at: z.iso.datetime(), by: z.string(), how: z.enum(HOW_GRANTS_END) })),
}) satisfies z.ZodMiniType<Grant>;

/** A grant as it was read back: what somebody changed by hand is distinguished from what was written. */
export function parseGrant(value: unknown): Result<Grant, string> {
  const parsed = grant.safeParse(value);
  return parsed.success ? success(parsed.data) : failure(renderSchemaError(parsed.error, value));
}
