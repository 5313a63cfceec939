import { CONTROL_IDS } from '../controls/control-id';
import { TARGET_KINDS } from '../target';
import * as z from '../zod-mini';
import type { Finding } from './finding';

const targetSchema = z.object({
  kind: z.enum(TARGET_KINDS),
  partition: z.string(),
  account: z.string(),
  region: z.string(),
  id: z.string(),
});

const findingSchema = z.object({
  id: z.string(),
  productArn: z.string(),
  account: z.string(),
  region: z.string(),
  title: z.string(),
  control: z.optional(
    z.object({
      id: z.enum(CONTROL_IDS),
      parameters: z.array(z.object({ Name: z.string(), Value: z.array(z.string()) })),
    }),
  ),
  target: z.optional(targetSchema),
  isolable: z.exactOptional(targetSchema),
  problem: z.optional(z.string()),
  compliance: z.optional(z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE'])),
  workflow: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']),
  recordState: z.enum(['ACTIVE', 'ARCHIVED']),
  severity: z.string(),
  firstObservedAt: z.optional(z.string()),
  userDefinedFields: z.exactOptional(z.record(z.string(), z.string())),
  portcullisOutcome: z.exactOptional(z.string()),
  portcullisRemediationId: z.exactOptional(z.string()),
  keepsReopening: z.exactOptional(z.string()),
  facesDiffer: z.exactOptional(z.literal(true)),
  note: z.optional(z.object({ text: z.string(), updatedBy: z.string(), updatedAt: z.string() })),
});

/** Reads back findings that were stored as JSON, an array; undefined when any of it is not what was written. */
export function parseStoredFindings(text: string): readonly Finding[] | undefined {
  const parsed = z.array(findingSchema).safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return parsed.data.map(({ control, target, problem, compliance, firstObservedAt, note, ...rest }) => ({
    ...rest,
    control,
    target,
    problem,
    compliance,
    firstObservedAt,
    note,
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
