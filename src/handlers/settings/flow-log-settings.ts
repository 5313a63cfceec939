import { DAY_FORMATS } from '../../core/context/flow-logs/athena-table';
import type { FlowLogLimits } from '../../core/context/flow-logs/window';
import * as z from '../../core/zod-mini';

/** How much of flow logs may be searched, and the table over those in S3. */
export function flowLogLimitsSchema(): z.ZodMiniType<FlowLogLimits> {
  return z.object({
    days: z.int().check(z.positive()),
    gigabytes: z.int().check(z.positive()),
    athena: z.exactOptional(
      z.object({
        workGroup: z.string(),
        database: z.string(),
        table: z.string(),
        buckets: z.array(z.string()),
        day: z.exactOptional(z.object({ column: z.string(), format: z.enum(DAY_FORMATS) })),
        account: z.exactOptional(z.string()),
        region: z.exactOptional(z.string()),
      }),
    ),
  });
}
