import * as z from 'zod';
import type { ControlId } from '../controls/control-id';
import { parseFinding } from '../findings/parse-finding';
import type { Finding } from '../findings/finding';
import { renderInputProblem } from '../input-problem';
import { REMEDIATION_OUTCOMES, type RemediationOutcome } from '../ledger/remediation-record';
import { failure, success, type Result } from '../result';
import type { Target } from '../target';
import { NO_VALUE } from '../updates/merge-user-defined-fields';

/** A finding that the report can place: one control, one resource, and what an auditor asks about it. */
export interface ReportedFinding {
  readonly id: string;
  readonly productArn: string;
  readonly control: ControlId;
  readonly target: Target;
  readonly title: string;
  /** Label of the finding, such as HIGH; automation rules may have changed it. */
  readonly severity: string;
  readonly compliance: Finding['compliance'];
  readonly workflow: Finding['workflow'];
  readonly recordState: Finding['recordState'];
  readonly firstObservedAt: string | undefined;
  /** When the product last looked; our own updates do not change it. */
  readonly updatedAt: string | undefined;
  readonly note: Finding['note'];
  /** What a remediation of ours wrote on it. */
  readonly written: WrittenOutcome | undefined;
  /** Name of the resource where the finding carries one. */
  readonly resourceName: string | undefined;
  /** Ids of the standards that ask for this control. */
  readonly standards: readonly string[];
}

export interface WrittenOutcome {
  readonly remediationId: string;
  readonly outcome: RemediationOutcome;
  readonly decidedBy: string;
}

/** What the report cannot place, counted by product and kind. */
export interface NotUnderstood {
  readonly kind: 'unreadable' | 'no-target';
  readonly product: string;
  readonly reason: string;
  /** Something to find it by: its id, or where it stands in the file. */
  readonly example: string;
}

/** A finding that was understood, and is of a control that Portcullis does not close. */
export interface OtherFinding {
  readonly kind: 'other-control';
  /** `S3.8`; the product's name where the finding names no control. */
  readonly name: string;
  readonly product: string;
  readonly id: string;
}

// Every field may be missing or misshapen without making the finding useless: what decides is parseFinding's business.
const reportFields = z.object({
  Id: z.string().optional().catch(undefined),
  ProductName: z.string().optional().catch(undefined),
  ProductArn: z.string().optional().catch(undefined),
  UpdatedAt: z.string().optional().catch(undefined),
  Compliance: z
    .object({
      AssociatedStandards: z
        .array(z.object({ StandardsId: z.string() }))
        .optional()
        .catch(undefined),
      SecurityControlId: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  UserDefinedFields: z
    .object({
      PortcullisRemediationId: z.string(),
      PortcullisOutcome: z.enum(REMEDIATION_OUTCOMES),
      PortcullisDecidedBy: z.string().refine((text) => text !== NO_VALUE),
    })
    .transform((fields) => ({
      remediationId: fields.PortcullisRemediationId,
      outcome: fields.PortcullisOutcome,
      decidedBy: fields.PortcullisDecidedBy,
    }))
    .optional()
    .catch(undefined),
  ProductFields: z.record(z.string(), z.unknown()).optional().catch(undefined),
  Resources: z
    .array(
      z.object({
        Id: z.string(),
        Details: z
          .object({ AwsEc2SecurityGroup: z.object({ GroupName: z.string() }).optional() })
          .optional()
          .catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});

/** `position` is the finding's place in the file, counted from 1. */
export function parseReportedFinding(
  raw: unknown,
  position: number,
): Result<ReportedFinding, NotUnderstood | OtherFinding> {
  const fields = reportFields.safeParse(raw).data;
  const place = {
    product: fields?.ProductName ?? fields?.ProductArn?.split('/').slice(-2).join('/') ?? 'unknown product',
    example: fields?.Id ?? `no. ${position} in the file`,
  };
  const parsed = parseFinding(raw);
  if (!parsed.ok) return failure({ kind: 'unreadable', reason: renderInputProblem(parsed.error), ...place });
  const { value: finding } = parsed;
  const { control, target } = finding;
  if (control === undefined) {
    const { product } = place;
    const name = fields?.Compliance?.SecurityControlId ?? product;
    return failure({ kind: 'other-control', name, product, id: `${finding.productArn} ${finding.id}` });
  }
  if (target === undefined) {
    return failure({ kind: 'no-target', reason: finding.problem ?? 'no readable resource', ...place });
  }
  return success({
    id: finding.id,
    productArn: finding.productArn,
    control: control.id,
    target,
    title: finding.title,
    severity: finding.severity,
    compliance: finding.compliance,
    workflow: finding.workflow,
    recordState: finding.recordState,
    firstObservedAt: finding.firstObservedAt,
    updatedAt: fields?.UpdatedAt,
    note: finding.note,
    written: fields?.UserDefinedFields,
    resourceName: fields?.Resources?.find(({ Id }) => Id.endsWith(`/${target.id}`))?.Details?.AwsEc2SecurityGroup
      ?.GroupName,
    standards: standardsOf(fields),
  });
}

function standardsOf(fields: z.infer<typeof reportFields> | undefined): readonly string[] {
  const associated = fields?.Compliance?.AssociatedStandards?.map(({ StandardsId }) => StandardsId);
  if (associated !== undefined) return associated;
  // Without consolidated findings, each finding belongs to one standard and names it here.
  const arn = fields?.ProductFields?.['StandardsArn'] ?? fields?.ProductFields?.['StandardsGuideArn'];
  return typeof arn === 'string' ? [arn.slice(arn.lastIndexOf(':') + 1)] : [];
}
