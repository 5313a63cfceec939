import { storedClosable } from '../stored-target';
import { CONTROL_IDS } from '../controls/control-id';
import { failure, success, type Result } from '../result';
import { renderSchemaError } from '../schema-words';
import * as z from '../zod-mini';
import { HOW_ENDED, isExceptionId, type RecordedException, type RiskException } from './risk-exception';

const port = z.int().check(z.minimum(0), z.maximum(65_535));
const ports = z.array(z.object({ from: port, to: port }));

const openingSchema = z.object({ source: z.string(), tcp: ports, udp: ports });

/** What records keep of one. */
export const recordedExceptionSchema = z.object({
  exceptionId: z.string().check(z.refine(isExceptionId, 'is not the id of an exception')),
  control: z.enum(CONTROL_IDS),
  covers: z.array(openingSchema),
  reason: z.string(),
  by: z.string(),
  until: z.iso.datetime(),
}) satisfies z.ZodMiniType<RecordedException>;

const riskException = z.extend(recordedExceptionSchema, {
  target: storedClosable,
  since: z.iso.datetime(),
  remediationId: z.exactOptional(z.string()),
  findings: z.array(
    z.object({
      id: z.string(),
      productArn: z.string(),
      previousNote: z.exactOptional(z.object({ text: z.string(), updatedBy: z.string(), updatedAt: z.string() })),
    }),
  ),
  ended: z.exactOptional(z.object({ at: z.iso.datetime(), by: z.string(), how: z.enum(HOW_ENDED) })),
}) satisfies z.ZodMiniType<RiskException>;

/** An exception as it was read back: what somebody changed by hand is distinguished from what was written. */
export function parseException(value: unknown): Result<RiskException, string> {
  const parsed = riskException.safeParse(value);
  return parsed.success ? success(parsed.data) : failure(renderSchemaError(parsed.error, value));
}
