import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

const REQUIRED_TEXTS = [
  'SchemaVersion',
  'Id',
  'ProductArn',
  'GeneratorId',
  'AwsAccountId',
  'CreatedAt',
  'UpdatedAt',
  'Title',
  'Description',
] as const;
const TIMESTAMPS = ['CreatedAt', 'UpdatedAt', 'FirstObservedAt', 'LastObservedAt'] as const;
const MAX_LENGTH = { Id: 512, Title: 256, Description: 1024, GeneratorId: 512 } as const;
const SCHEMA_VERSION = '2018-10-08';
const MAX_RESOURCES = 32;
const MAX_PRODUCT_FIELDS = 50;

/**
 * What BatchImportFindings holds against a finding, by the required fields and limits of the ASFF; undefined when
 * nothing. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
 */
export function findingProblem(finding: AwsSecurityFinding): string | undefined {
  const problems = [
    ...REQUIRED_TEXTS.filter((name) => !finding[name]?.trim()).map((name) => `${name} is required`),
    ...Object.entries(MAX_LENGTH)
      .filter(([name, limit]) => (finding[name as keyof typeof MAX_LENGTH]?.length ?? 0) > limit)
      .map(([name, limit]) => `${name} is longer than ${limit} characters`),
    ...TIMESTAMPS.filter((name) => finding[name] !== undefined && !isTimestamp(finding[name])).map(
      (name) => `${name} is not an ISO 8601 timestamp: ${finding[name] ?? ''}`,
    ),
    ...productProblems(finding),
    ...resourceProblems(finding),
  ];
  return problems.length === 0 ? undefined : problems.join('; ');
}

function productProblems({
  SchemaVersion,
  ProductArn,
  Severity,
  FindingProviderFields,
  ProductFields,
}: AwsSecurityFinding): string[] {
  const problems: string[] = [];
  if (SchemaVersion && SchemaVersion !== SCHEMA_VERSION) problems.push(`SchemaVersion must be ${SCHEMA_VERSION}`);
  if (ProductArn && !/^arn:[\w-]+:securityhub:[\w-]*:\d*:product\/.+/.test(ProductArn)) {
    problems.push(`ProductArn is not a product: ${ProductArn}`);
  }
  const severity = Severity ?? FindingProviderFields?.Severity;
  if (!severity || (severity.Label === undefined && Severity?.Normalized === undefined)) {
    problems.push('Severity or FindingProviderFields.Severity is required, with Label or Normalized');
  }
  if (Object.keys(ProductFields ?? {}).length > MAX_PRODUCT_FIELDS) {
    problems.push(`ProductFields has more than ${MAX_PRODUCT_FIELDS} entries`);
  }
  return problems;
}

function resourceProblems({ Resources = [] }: AwsSecurityFinding): string[] {
  if (Resources.length === 0 || Resources.length > MAX_RESOURCES) {
    return [`Resources must have 1 to ${MAX_RESOURCES} members, not ${Resources.length}`];
  }
  return Resources.flatMap(({ Id, Type }, index) => (Id && Type ? [] : [`Resources[${index}] needs Id and Type`]));
}

function isTimestamp(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}
