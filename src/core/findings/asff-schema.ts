import { accountIdSchema } from '../account-id';
import * as z from '../zod-mini';

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
  Id: z.string().check(z.regex(VISIBLE, 'is blank'), z.maxLength(ID_CHARACTERS)),
  ProductArn: z.string().check(z.regex(VISIBLE, 'is blank'), z.maxLength(PRODUCT_ARN_CHARACTERS)),
});

const text = z.optional(z.string());

const texts = z.catch(z.optional(z.record(z.string(), z.string())), undefined);

/** The API has a list; older exports have one text. */
const parameterValue = z.pipe(
  z.optional(z.union([z.array(z.string()), z.string()])),
  z.transform((value) => (value === undefined ? [] : typeof value === 'string' ? [value] : value)),
);

const compliance = z.looseObject({
  Status: z.optional(z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE'])),
  SecurityControlId: text,
  SecurityControlParameters: z.optional(z.array(z.looseObject({ Name: z.string(), Value: parameterValue }))),
});

export const asffFindingSchema = z.extend(asffKeySchema, {
  AwsAccountId: accountIdSchema(),
  Region: z.optional(z.string().check(z.minLength(1))),
  GeneratorId: text,
  Title: text,
  FirstObservedAt: text,
  CreatedAt: text,
  Severity: z.optional(z.looseObject({ Label: text })),
  ProductFields: texts,
  UserDefinedFields: texts,
  Resources: z.optional(z.array(z.looseObject({ Type: text, Id: text }))),
  Compliance: z.optional(compliance),
  Workflow: z.optional(z.looseObject({ Status: z.optional(z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'])) })),
  RecordState: z.optional(z.enum(['ACTIVE', 'ARCHIVED'])),
  Note: z.optional(z.looseObject({ Text: z.string(), UpdatedBy: z.string(), UpdatedAt: z.string() })),
});

export type AsffFinding = z.infer<typeof asffFindingSchema>;
