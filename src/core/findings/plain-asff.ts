import type { AsffFinding } from './asff-schema';

type Fields = Readonly<Record<string, unknown>>;

const ACCOUNT = /^\d{12}$/;
const VISIBLE = /\S/;
const STATUSES: ReadonlySet<unknown> = new Set([undefined, 'PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']);
const WORKFLOWS: ReadonlySet<unknown> = new Set([undefined, 'NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']);
const RECORD_STATES: ReadonlySet<unknown> = new Set([undefined, 'ACTIVE', 'ARCHIVED']);

/**
 * The finding where it is one as Security Hub writes most: `asffFindingSchema` takes it, and would change nothing of
 * what is read of it. Undefined says nothing: the schema must look. Exports hold hundreds of thousands, and the schema
 * takes ten times as long.
 */
export function asPlainAsff(input: unknown): AsffFinding | undefined {
  return isFields(input) && isPlain(input) ? (input as AsffFinding) : undefined;
}

function isPlain(finding: Fields): boolean {
  const { Id: id, ProductArn: productArn, AwsAccountId: account, Region: region } = finding;
  return (
    isKey(id, 512) &&
    isKey(productArn, 2048) &&
    typeof account === 'string' &&
    ACCOUNT.test(account) &&
    isText(region) &&
    region !== '' &&
    isText(finding['GeneratorId']) &&
    isText(finding['Title']) &&
    isText(finding['FirstObservedAt']) &&
    isText(finding['CreatedAt']) &&
    RECORD_STATES.has(finding['RecordState']) &&
    isMissingOr(finding['Severity'], ({ Label: label }) => isText(label)) &&
    isMissingOr(finding['Workflow'], ({ Status: status }) => WORKFLOWS.has(status)) &&
    isMissingOr(finding['ProductFields'], hasTexts) &&
    isMissingOr(finding['UserDefinedFields'], hasTexts) &&
    isMissingOr(finding['Compliance'], isPlainCompliance) &&
    isMissingOr(finding['Note'], isPlainNote) &&
    hasPlainResources(finding['Resources'])
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isKey(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.length <= most && VISIBLE.test(value);
}

function isMissingOr(value: unknown, holds: (fields: Fields) => boolean): boolean {
  return value === undefined || (isFields(value) && holds(value));
}

function hasTexts(fields: Fields): boolean {
  for (const name in fields) if (typeof fields[name] !== 'string') return false;
  return true;
}

/** Parameters have two forms. */
function isPlainCompliance(compliance: Fields): boolean {
  return (
    STATUSES.has(compliance['Status']) &&
    isText(compliance['SecurityControlId']) &&
    compliance['SecurityControlParameters'] === undefined
  );
}

function isPlainNote({ Text: text, UpdatedBy: by, UpdatedAt: at }: Fields): boolean {
  return typeof text === 'string' && typeof by === 'string' && typeof at === 'string';
}

function hasPlainResources(resources: unknown): boolean {
  if (resources === undefined) return true;
  return (
    Array.isArray(resources) &&
    resources.every((one: unknown) => isFields(one) && isText(one['Type']) && isText(one['Id']))
  );
}
