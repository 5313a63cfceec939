import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

type Texts = (finding: AwsSecurityFinding) => readonly (string | undefined)[];
type Maps = (finding: AwsSecurityFinding) => readonly (Readonly<Record<string, string>> | undefined)[];

/** What the filters of GetFindings and the criteria of automation rules ask of a finding, by their names. */
export const STRING_FIELDS: Readonly<Record<string, Texts>> = {
  Id: (finding) => [finding.Id],
  ProductArn: (finding) => [finding.ProductArn],
  ProductName: (finding) => [finding.ProductName],
  CompanyName: (finding) => [finding.CompanyName],
  AwsAccountId: (finding) => [finding.AwsAccountId],
  AwsAccountName: (finding) => [finding.AwsAccountName],
  Region: (finding) => [finding.Region],
  GeneratorId: (finding) => [finding.GeneratorId],
  Title: (finding) => [finding.Title],
  Description: (finding) => [finding.Description],
  SourceUrl: (finding) => [finding.SourceUrl],
  Type: (finding) => finding.Types ?? [],
  SeverityLabel: (finding) => [finding.Severity?.Label],
  RecordState: (finding) => [finding.RecordState],
  WorkflowStatus: (finding) => [finding.Workflow?.Status],
  VerificationState: (finding) => [finding.VerificationState],
  ComplianceStatus: (finding) => [finding.Compliance?.Status],
  ComplianceSecurityControlId: (finding) => [finding.Compliance?.SecurityControlId],
  ComplianceAssociatedStandardsId: (finding) =>
    (finding.Compliance?.AssociatedStandards ?? []).map(({ StandardsId }) => StandardsId),
  ResourceId: (finding) => (finding.Resources ?? []).map(({ Id }) => Id),
  ResourceType: (finding) => (finding.Resources ?? []).map(({ Type }) => Type),
  ResourcePartition: (finding) => (finding.Resources ?? []).map(({ Partition }) => Partition),
  ResourceRegion: (finding) => (finding.Resources ?? []).map(({ Region }) => Region),
  RelatedFindingsId: (finding) => (finding.RelatedFindings ?? []).map(({ Id }) => Id),
  RelatedFindingsProductArn: (finding) => (finding.RelatedFindings ?? []).map(({ ProductArn }) => ProductArn),
  NoteText: (finding) => [finding.Note?.Text],
  NoteUpdatedBy: (finding) => [finding.Note?.UpdatedBy],
};

export const DATE_FIELDS: Readonly<Record<string, Texts>> = {
  CreatedAt: (finding) => [finding.CreatedAt],
  UpdatedAt: (finding) => [finding.UpdatedAt],
  FirstObservedAt: (finding) => [finding.FirstObservedAt],
  LastObservedAt: (finding) => [finding.LastObservedAt],
  NoteUpdatedAt: (finding) => [finding.Note?.UpdatedAt],
};

export const NUMBER_FIELDS: Readonly<Record<string, (finding: AwsSecurityFinding) => number | undefined>> = {
  Confidence: (finding) => finding.Confidence,
  Criticality: (finding) => finding.Criticality,
  SeverityNormalized: (finding) => finding.Severity?.Normalized,
};

export const MAP_FIELDS: Readonly<Record<string, Maps>> = {
  ProductFields: (finding) => [finding.ProductFields],
  UserDefinedFields: (finding) => [finding.UserDefinedFields],
  ResourceTags: (finding) => (finding.Resources ?? []).map(({ Tags }) => Tags),
  ResourceDetailsOther: (finding) => (finding.Resources ?? []).map(({ Details }) => Details?.Other),
};
