import type { ControlId } from '../controls/control-id';
import { parseFinding } from '../findings/parse-finding';
import type { Finding } from '../findings/finding';
import { isOcsf, parseOcsfFinding } from '../findings/ocsf/parse-ocsf-finding';
import { renderInputProblem } from '../input-problem';
import { listOf, memberOf, textOf } from '../read-member';
import type { PolicyMode } from '../policy/policy-entry';
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
  /** Label of the finding, such as HIGH; automation rules may have changed it. */
  readonly severity: string;
  readonly compliance: Finding['compliance'];
  readonly workflow: Finding['workflow'];
  readonly recordState: Finding['recordState'];
  readonly firstObservedAt: string | undefined;
  /** When the product last evaluated it; our own updates do not change it. */
  readonly updatedAt: string | undefined;
  readonly note: Finding['note'];
  /** What a remediation of ours wrote on it. */
  readonly written: WrittenOutcome | undefined;
  /** Name of the resource where the finding carries one. */
  readonly resourceName: string | undefined;
  /** Ids of the standards that ask for this control. */
  readonly standards: readonly string[];
  /** Of those standards, as Security Hub words them: `NIST.800-53.r5 AC-4`. */
  readonly requirements: readonly string[];
  /** What a policy would do about it; undefined where none was asked, or it could not tell. */
  readonly policy: PolicyMode | undefined;
}

/** What a policy would do about a finding as it was read. */
export type DecideMode = (raw: unknown) => PolicyMode | undefined;

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

/**
 * Every field may be missing or misshapen without making the finding useless: what decides is parseFinding's business.
 *
 * @param position the finding's place in the file, counted from 1
 * @param decide what a policy would do, where that is to be reported
 */
export function parseReportedFinding(
  raw: unknown,
  position: number,
  decide?: DecideMode,
): Result<ReportedFinding, NotUnderstood | OtherFinding> {
  if (isOcsf(raw)) return fromOcsf(raw, position, decide);
  const parsed = parseFinding(raw);
  if (!parsed.ok)
    return failure({ kind: 'unreadable', reason: renderInputProblem(parsed.error), ...placeOf(raw, position) });
  const { value: finding } = parsed;
  const { control, target } = finding;
  const compliance = memberOf(raw, 'Compliance');
  if (control === undefined) {
    const product = productOf(raw);
    const name = textOf(memberOf(compliance, 'SecurityControlId')) ?? product;
    return failure({ kind: 'other-control', name, product, id: `${finding.productArn} ${finding.id}` });
  }
  if (target === undefined) {
    return failure({ kind: 'no-target', reason: finding.problem ?? 'no readable resource', ...placeOf(raw, position) });
  }
  return success(
    toReported(finding, control.id, target, {
      updatedAt: textOf(memberOf(raw, 'UpdatedAt')),
      written: writtenOn(raw),
      resourceName: resourceNameIn(raw, target),
      standards: standardsOf(raw),
      requirements: textsOf(memberOf(compliance, 'RelatedRequirements')),
      policy: decide?.(raw),
    }),
  );
}

/** The same of a finding of Security Hub V2. */
function fromOcsf(
  raw: unknown,
  position: number,
  decide: DecideMode | undefined,
): Result<ReportedFinding, NotUnderstood | OtherFinding> {
  const parsed = parseOcsfFinding(raw);
  if (!parsed.ok) {
    const example = `no. ${String(position)} in the file`;
    const reason = renderInputProblem(parsed.error);
    return failure({ kind: 'unreadable', reason, product: 'Security Hub V2', example });
  }
  const { control, target, product, controlName, updatedAt, resourceName, standards, requirements, ...finding } =
    parsed.value;
  if (control === undefined) {
    const id = `${finding.productArn} ${finding.id}`;
    return failure({ kind: 'other-control', name: controlName ?? product, product, id });
  }
  if (target === undefined) {
    const reason = finding.problem ?? 'no readable resource';
    return failure({ kind: 'no-target', reason, product, example: finding.id });
  }
  const more = { updatedAt, resourceName, standards, requirements, written: undefined, policy: decide?.(raw) };
  return success(toReported(finding, control.id, target, more));
}

type FromEitherFace = Pick<
  ReportedFinding,
  'updatedAt' | 'written' | 'resourceName' | 'standards' | 'requirements' | 'policy'
>;

function toReported(
  finding: Pick<
    Finding,
    'id' | 'productArn' | 'severity' | 'compliance' | 'workflow' | 'recordState' | 'firstObservedAt' | 'note'
  >,
  control: ControlId,
  target: Target,
  { updatedAt, written, resourceName, standards, requirements, policy }: FromEitherFace,
): ReportedFinding {
  return {
    id: finding.id,
    productArn: finding.productArn,
    control,
    target,
    severity: finding.severity,
    compliance: finding.compliance,
    workflow: finding.workflow,
    recordState: finding.recordState,
    firstObservedAt: finding.firstObservedAt,
    updatedAt,
    note: finding.note,
    written,
    resourceName,
    standards,
    requirements,
    policy,
  };
}

function placeOf(raw: unknown, position: number): Pick<NotUnderstood, 'product' | 'example'> {
  return { product: productOf(raw), example: textOf(memberOf(raw, 'Id')) ?? `no. ${String(position)} in the file` };
}

function productOf(raw: unknown): string {
  const arn = textOf(memberOf(raw, 'ProductArn'));
  return textOf(memberOf(raw, 'ProductName')) ?? arn?.split('/').slice(-2).join('/') ?? 'unknown product';
}

function writtenOn(raw: unknown): WrittenOutcome | undefined {
  const fields = memberOf(raw, 'UserDefinedFields');
  if (fields === undefined) return undefined;
  const remediationId = textOf(memberOf(fields, 'PortcullisRemediationId'));
  const decidedBy = textOf(memberOf(fields, 'PortcullisDecidedBy'));
  const outcome = REMEDIATION_OUTCOMES.find((one) => one === memberOf(fields, 'PortcullisOutcome'));
  if (remediationId === undefined || outcome === undefined) return undefined;
  return decidedBy === undefined || decidedBy === NO_VALUE ? undefined : { remediationId, outcome, decidedBy };
}

function resourceNameIn(raw: unknown, target: Target): string | undefined {
  const resource = listOf(memberOf(raw, 'Resources')).find((one) =>
    textOf(memberOf(one, 'Id'))?.endsWith(`/${target.id}`),
  );
  return textOf(memberOf(memberOf(memberOf(resource, 'Details'), 'AwsEc2SecurityGroup'), 'GroupName'));
}

function standardsOf(raw: unknown): readonly string[] {
  const associated = memberOf(memberOf(raw, 'Compliance'), 'AssociatedStandards');
  if (Array.isArray(associated)) return textsOf(associated.map(standardsIdOf));
  // Without consolidated findings, each finding belongs to one standard and names it here.
  const fields = memberOf(raw, 'ProductFields');
  const arn = textOf(memberOf(fields, 'StandardsArn')) ?? textOf(memberOf(fields, 'StandardsGuideArn'));
  return arn === undefined ? [] : [arn.slice(arn.lastIndexOf(':') + 1)];
}

function standardsIdOf(standard: unknown): unknown {
  return memberOf(standard, 'StandardsId');
}

/** The texts of a list, which nearly always has nothing else. */
function textsOf(value: unknown): readonly string[] {
  const list = listOf(value);
  return list.every(isString) ? list : list.filter(isString);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
