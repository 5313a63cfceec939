import { storedTarget } from '../stored-target';
import { grantedRuleSchema } from '../grants/parse-grant';
import { isRemediationId } from '../ledger/remediation-id';
import { failure, success, type Result } from '../result';
import { renderSchemaError } from '../schema-words';
import * as z from '../zod-mini';
import type { Wish } from './wish';

const common = () => ({
  wishId: z.string().check(z.minLength(1), z.maxLength(64)),
  target: storedTarget,
  by: z.string().check(z.regex(/^slack:[UW][A-Z0-9]{2,30}$/)),
  at: z.iso.datetime(),
});

const schema = () =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('undo'),
      ...common(),
      remediationId: z.string().check(z.refine(isRemediationId)),
    }),
    z.object({
      kind: z.literal('grant'),
      ...common(),
      rule: grantedRuleSchema,
      until: z.iso.datetime(),
      reason: z.string(),
    }),
  ]);

/** A wish as it was read back: what somebody changed by hand is distinguished from what was written. */
export function parseWish(value: unknown): Result<Wish, string> {
  const parsed = schema().safeParse(value);
  return parsed.success ? success(parsed.data) : failure(renderSchemaError(parsed.error, value));
}
