import * as z from 'zod';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html */
const ID_CHARACTERS = 512;
const PRODUCT_ARN_CHARACTERS = 2048;

/** Security Hub takes no blank text anywhere: asked for one such id, it refuses those that stand beside it as well. */
const VISIBLE = /\S/;

/**
 * What we read of an ASFF finding; everything else is let through unseen. Only what names the finding is required,
 * because products leave out much of the rest.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export const asffKeySchema = z.looseObject({
  Id: z.string().regex(VISIBLE, 'is blank').max(ID_CHARACTERS),
  ProductArn: z.string().regex(VISIBLE, 'is blank').max(PRODUCT_ARN_CHARACTERS),
});

export const asffFindingSchema = asffKeySchema.extend({
  AwsAccountId: z.string().regex(/^\d{12}$/, 'is not an account id; it has 12 digits'),
  Region: z.string().min(1).optional(),
  GeneratorId: z.string().optional(),
  Title: z.string().optional(),
  FirstObservedAt: z.string().optional(),
  CreatedAt: z.string().optional(),
  Severity: z.looseObject({ Label: z.string().optional() }).optional(),
  ProductFields: z.record(z.string(), z.string()).optional().catch(undefined),
  UserDefinedFields: z.record(z.string(), z.string()).optional().catch(undefined),
  Resources: z.array(z.looseObject({ Type: z.string().optional(), Id: z.string().optional() })).optional(),
  Compliance: z
    .looseObject({
      Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']).optional(),
      SecurityControlId: z.string().optional(),
      SecurityControlParameters: z
        .array(
          z.looseObject({
            Name: z.string(),
            // The API has a list; older exports have one text.
            Value: z
              .union([z.array(z.string()), z.string()])
              .optional()
              .transform((value) => (value === undefined ? [] : typeof value === 'string' ? [value] : value)),
          }),
        )
        .optional(),
    })
    .optional(),
  Workflow: z.looseObject({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']).optional() }).optional(),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']).optional(),
  Note: z.looseObject({ Text: z.string(), UpdatedBy: z.string(), UpdatedAt: z.string() }).optional(),
});

export type AsffFinding = z.infer<typeof asffFindingSchema>;
