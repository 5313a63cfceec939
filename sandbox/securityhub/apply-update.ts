import type { AutomationRulesFindingFieldsUpdate, AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { SHARED_FIELDS, type StoredFinding } from './finding-store';
import { completeSeverity } from './severity';

/** The fields that BatchUpdateFindings and automation rules set alike. */
export type FindingUpdate = AutomationRulesFindingFieldsUpdate;

const WORKFLOW_STATUSES: readonly (string | undefined)[] = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'];
const VERIFICATION_STATES: readonly (string | undefined)[] = [
  'UNKNOWN',
  'TRUE_POSITIVE',
  'FALSE_POSITIVE',
  'BENIGN_POSITIVE',
];
const SEVERITY_LABELS: readonly (string | undefined)[] = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const MAX_NOTE_CHARACTERS = 512;
const MAX_USER_DEFINED_FIELDS = 50;
const MAX_USER_DEFINED_KEY_CHARACTERS = 128;
const MAX_USER_DEFINED_VALUE_CHARACTERS = 1024;

/** @returns what Security Hub would not accept, undefined when nothing */
export function updateProblem(update: FindingUpdate): string | undefined {
  const { Note, Workflow, VerificationState, Severity, UserDefinedFields = {} } = update;
  if (Note && !Note.Text?.trim()) return 'Note.Text must not be empty';
  if (Note && (Note.Text?.length ?? 0) > MAX_NOTE_CHARACTERS) {
    return `Note.Text has ${Note.Text?.length ?? 0} characters, more than ${MAX_NOTE_CHARACTERS}`;
  }
  if (Note && !Note.UpdatedBy?.trim()) return 'Note.UpdatedBy must not be empty';
  if (Workflow && !WORKFLOW_STATUSES.includes(Workflow.Status))
    return `Workflow.Status is unknown: ${String(Workflow.Status)}`;
  if (VerificationState && !VERIFICATION_STATES.includes(VerificationState)) {
    return `VerificationState is unknown: ${VerificationState}`;
  }
  if (Severity?.Label && !SEVERITY_LABELS.includes(Severity.Label))
    return `Severity.Label is unknown: ${Severity.Label}`;
  for (const [name, value] of [
    ['Confidence', update.Confidence],
    ['Criticality', update.Criticality],
    ['Severity.Normalized', Severity?.Normalized],
  ] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= 100)) {
      return `${name} must be an integer from 0 to 100, not ${value}`;
    }
  }
  return userDefinedProblem(UserDefinedFields);
}

function userDefinedProblem(fields: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(fields);
  if (entries.length > MAX_USER_DEFINED_FIELDS)
    return `UserDefinedFields has more than ${MAX_USER_DEFINED_FIELDS} pairs`;
  const long = entries.find(
    ([key, value]) => key.length > MAX_USER_DEFINED_KEY_CHARACTERS || value.length > MAX_USER_DEFINED_VALUE_CHARACTERS,
  );
  return long && `UserDefinedFields.${long[0]} is too long`;
}

/** Leaves UpdatedAt alone: it belongs to the finding's provider. */
export function applyUpdate(stored: StoredFinding, update: FindingUpdate, at: string): StoredFinding {
  const { Note, Severity, Workflow, ...plain } = update;
  const changed: Partial<AwsSecurityFinding> = {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    ...(Note ? { Note: { Text: Note.Text, UpdatedBy: Note.UpdatedBy, UpdatedAt: at } } : {}),
    ...(Severity ? { Severity: { ...stored.finding.Severity, ...withoutOldLabel(Severity) } } : {}),
    ...(Workflow ? { Workflow: { Status: Workflow.Status } } : {}),
  };
  return {
    ...stored,
    finding: { ...stored.finding, ...changed },
    setByCustomer: new Set([...stored.setByCustomer, ...SHARED_FIELDS.filter((field) => update[field] !== undefined)]),
  };
}

function withoutOldLabel(severity: NonNullable<FindingUpdate['Severity']>) {
  if (severity.Label === undefined && severity.Normalized === undefined) return { Product: severity.Product };
  const { Label, Normalized } = completeSeverity({ Label: severity.Label, Normalized: severity.Normalized });
  return { Label, Normalized, ...(severity.Product === undefined ? {} : { Product: severity.Product }) };
}
