import * as z from '../zod-mini';

/**
 * A finding of our own product as Security Hub takes it.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export interface OwnFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly Types: readonly string[];
  readonly FirstObservedAt: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Severity: { readonly Label: 'MEDIUM' | 'HIGH' | 'CRITICAL' };
  readonly Title: string;
  readonly Description: string;
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: readonly { readonly Type: string; readonly Id: string; readonly Region: string }[];
  readonly Compliance: { readonly Status: 'FAILED' | 'PASSED' };
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}

const text = z.optional(z.string());

/** What we read of such a finding; everything else is let through unseen. */
const knownSchema = () =>
  z.looseObject({
    Id: z.string(),
    CreatedAt: z.string(),
    FirstObservedAt: text,
    Title: z.string(),
    Description: z.string(),
    RecordState: text,
    Compliance: z.optional(z.looseObject({ Status: text })),
    Workflow: z.optional(z.looseObject({ Status: text })),
    ProductFields: z.optional(z.record(z.string(), z.string())),
    UserDefinedFields: z.optional(z.record(z.string(), z.string())),
    Note: z.optional(z.looseObject({ UpdatedAt: text })),
  });

/** A finding of ours as Security Hub holds it. */
export type KnownFinding = z.infer<ReturnType<typeof knownSchema>>;

/** Whether it is there for people: neither archived, nor never made. */
export function isActive(known: KnownFinding | undefined): known is KnownFinding {
  return known !== undefined && known.RecordState !== 'ARCHIVED';
}

/** Whether it says already that the target is open. */
export function isOpenStill(known: KnownFinding | undefined): known is KnownFinding {
  return isActive(known) && known.Workflow?.Status !== 'RESOLVED';
}

/** Undefined for what is none of ours: nobody else writes under these ids, but an account may. */
export function parseKnownFinding(input: unknown): KnownFinding | undefined {
  return knownSchema().safeParse(input).data;
}
