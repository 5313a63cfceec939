import type { Severity, SeverityLabel } from '@aws-sdk/client-securityhub';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
const LOWEST_NORMALIZED: readonly (readonly [label: SeverityLabel, normalized: number])[] = [
  ['CRITICAL', 90],
  ['HIGH', 70],
  ['MEDIUM', 40],
  ['LOW', 1],
  ['INFORMATIONAL', 0],
];

/** Fills in the label from the number, or the number from the label; a label wins. */
export function completeSeverity(severity: Severity): Severity {
  const label =
    severity.Label ??
    LOWEST_NORMALIZED.find(([, lowest]) => lowest <= (severity.Normalized ?? 0))?.[0] ??
    'INFORMATIONAL';
  const lowest = LOWEST_NORMALIZED.find(([candidate]) => candidate === label)?.[1] ?? 0;
  return { ...severity, Label: label, Normalized: severity.Label === undefined ? (severity.Normalized ?? 0) : lowest };
}
