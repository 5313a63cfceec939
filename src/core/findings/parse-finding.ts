import type { ControlId, RequestedControl } from '../controls/control-id';
import { controlIdOf } from '../controls/control-id-of';
import { controlOf } from '../controls/control-registry';
import type { InputProblem } from '../input-problem';
import { failure, success, type Result } from '../result';
import { asffFindingSchema, type AsffFinding } from './asff-schema';
import type { Finding } from './finding';
import { asPlainAsff } from './plain-asff';
import { toInputProblem } from '../schema-words';
import { KEEPS_REOPENING_FIELD } from './keeps-reopening';
import { locateIsolable } from './locate-isolable';
import { locateTarget } from './locate-target';
import { readParameterFields } from './parameters-field';

/**
 * Reads one ASFF finding. An error means that it is not a finding at all; one that is none of ours, or without a target
 * that we can act on, is a finding with a `problem`.
 */
export function parseFinding(input: unknown): Result<Finding, InputProblem> {
  const plain = asPlainAsff(input);
  if (plain !== undefined) return success(toFinding(plain));
  const parsed = asffFindingSchema.safeParse(input);
  return parsed.success ? success(toFinding(parsed.data)) : failure(toInputProblem(parsed.error, input));
}

function toFinding(asff: AsffFinding): Finding {
  const control = toRequestedControl(asff);
  const located = locateTarget(asff, control === undefined ? undefined : kindAbout(control.id));
  const isolable = locateIsolable(asff);
  return {
    id: asff.Id,
    productArn: asff.ProductArn,
    account: asff.AwsAccountId,
    // Findings from before 2021 have no Region of their own.
    region: asff.Region ?? asff.ProductArn.split(':')[3] ?? '',
    title: asff.Title ?? '',
    control,
    target: located.ok ? located.value : undefined,
    ...(isolable === undefined ? {} : { isolable }),
    problem: control === undefined ? unknownControl(asff) : located.ok ? undefined : located.error,
    compliance: asff.Compliance?.Status,
    workflow: asff.Workflow?.Status ?? 'NEW',
    recordState: asff.RecordState ?? 'ACTIVE',
    severity: asff.Severity?.Label ?? 'INFORMATIONAL',
    firstObservedAt: asff.FirstObservedAt ?? asff.CreatedAt,
    ...portcullisFields(asff),
    note:
      asff.Note === undefined
        ? undefined
        : { text: asff.Note.Text, updatedBy: asff.Note.UpdatedBy, updatedAt: asff.Note.UpdatedAt },
  };
}

/** Undefined where the control is about either. */
function kindAbout(control: ControlId): 'network-acl' | 'security-group' | undefined {
  switch (controlOf(control).resource) {
    case 'network-acl':
      return 'network-acl';
    case 'security-group':
    case 'default-security-group':
      return 'security-group';
    case 'security-group-or-network-acl':
      return undefined;
  }
}

function portcullisFields({ UserDefinedFields: fields, ProductFields }: AsffFinding): Partial<Finding> {
  const keepsReopening = ProductFields?.[KEEPS_REOPENING_FIELD];
  const outcome = fields?.['PortcullisOutcome'];
  const remediationId = fields?.['PortcullisRemediationId'];
  return {
    ...(fields === undefined ? {} : { userDefinedFields: fields }),
    ...(keepsReopening === undefined ? {} : { keepsReopening }),
    ...(outcome === undefined ? {} : { portcullisOutcome: outcome }),
    ...(remediationId === undefined ? {} : { portcullisRemediationId: remediationId }),
  };
}

function toRequestedControl(asff: AsffFinding): RequestedControl | undefined {
  const id = controlIdOf(asff);
  if (id === undefined) return undefined;
  const parameters = asff.Compliance?.SecurityControlParameters ?? readParameterFields(asff.ProductFields);
  return { id, parameters: parameters.map(({ Name, Value }) => ({ Name, Value })) };
}

function unknownControl(asff: AsffFinding): string {
  const named = asff.Compliance?.SecurityControlId ?? asff.GeneratorId ?? 'an unknown generator';
  return `Portcullis does not close what ${named} reports.`;
}
