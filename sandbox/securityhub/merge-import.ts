import type { AwsSecurityFinding, FindingProviderFields, Workflow } from '@aws-sdk/client-securityhub';

import { SHARED_FIELDS, type SharedField, type StoredFinding } from './finding-store';
import { completeSeverity } from './severity';

const FAILING_STATUSES: readonly (string | undefined)[] = ['FAILED', 'WARNING', 'NOT_AVAILABLE'];

/**
 * What Security Hub keeps of an imported finding. A finding that is known keeps what customers own: Note,
 * UserDefinedFields, VerificationState, and those shared fields that a customer has set.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export function mergeImport(
  imported: AwsSecurityFinding,
  previous: StoredFinding | undefined,
  place: { readonly region: string; readonly processedAt: string },
): AwsSecurityFinding {
  const { Id, ProductArn } = imported;
  const provided = toProviderFields(imported);
  const known = previous?.finding;
  const [CompanyName, ProductName] = companyAndProduct(ProductArn ?? '');
  return {
    ...imported,
    ...fromProvider(provided, imported),
    ...(previous ? customersFields(previous) : {}),
    CompanyName: imported.CompanyName ?? CompanyName,
    ProductName: imported.ProductName ?? ProductName,
    Region: place.region,
    FindingProviderFields: provided,
    ProductFields: {
      ...imported.ProductFields,
      'aws/securityhub/FindingId': `${ProductArn ?? ''}/${Id ?? ''}`,
      'aws/securityhub/ProductName': imported.ProductName ?? ProductName,
      'aws/securityhub/CompanyName': imported.CompanyName ?? CompanyName,
    },
    RecordState: imported.RecordState ?? 'ACTIVE',
    Workflow: nextWorkflow(imported, known),
    ProcessedAt: place.processedAt,
  };
}

function toProviderFields(finding: AwsSecurityFinding): FindingProviderFields {
  const { FindingProviderFields: own, Severity, Types, Confidence, Criticality, RelatedFindings } = finding;
  const severity =
    own?.Severity ?? (Severity && { Label: completeSeverity(Severity).Label, Original: Severity.Original });
  return defined({
    Severity: severity,
    Types: own?.Types ?? Types,
    Confidence: own?.Confidence ?? Confidence,
    Criticality: own?.Criticality ?? Criticality,
    RelatedFindings: own?.RelatedFindings ?? RelatedFindings,
  });
}

function fromProvider(provided: FindingProviderFields, { Severity }: AwsSecurityFinding): Partial<AwsSecurityFinding> {
  return defined({
    ...provided,
    Severity: completeSeverity({ ...Severity, ...(provided.Severity ? defined(provided.Severity) : {}) }),
  });
}

function customersFields({ finding, setByCustomer }: StoredFinding): Partial<AwsSecurityFinding> {
  const { Note, UserDefinedFields, VerificationState } = finding;
  const owned = SHARED_FIELDS.filter((field: SharedField) => setByCustomer.has(field));
  return {
    ...Object.fromEntries(owned.map((field) => [field, finding[field]])),
    // An import cannot set these on a known finding, not even where they are still empty.
    Note,
    UserDefinedFields,
    VerificationState,
  };
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-workflow-status.html */
function nextWorkflow(imported: AwsSecurityFinding, known: AwsSecurityFinding | undefined): Workflow {
  const status = imported.Compliance?.Status;
  const current = known ? known.Workflow : imported.Workflow;
  // Only a person takes a suppression back.
  if (current?.Status === 'SUPPRESSED') return current;
  if (status === 'PASSED') return { Status: 'RESOLVED' };
  const reactivated = known?.RecordState === 'ARCHIVED' && (imported.RecordState ?? 'ACTIVE') === 'ACTIVE';
  const failsAgain = known?.Compliance?.Status === 'PASSED' && FAILING_STATUSES.includes(status);
  return reactivated || failsAgain ? { Status: 'NEW' } : (current ?? { Status: 'NEW' });
}

function companyAndProduct(productArn: string): [company: string, product: string] {
  const [, company = '', product = ''] = productArn.slice(productArn.indexOf(':product/') + 1).split('/');
  if (company === 'aws' && product === 'securityhub') return ['AWS', 'Security Hub'];
  return product === 'default' ? ['Personal', 'Default'] : [company, product];
}

function defined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
