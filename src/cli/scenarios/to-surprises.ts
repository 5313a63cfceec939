import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { renderRule } from './rule-text';
import type { Ingress, Scenario } from './scenario';

/** How a scenario ended otherwise than it should, in words; empty when it ended so. */
export function toSurprises(
  { controls, expected }: Scenario,
  findings: readonly AwsSecurityFinding[],
  openAfter: readonly Ingress[],
): readonly string[] {
  const surprises: string[] = [];
  const compare = (what: string, actual: string, wanted: string) => {
    if (actual !== wanted) surprises.push(`${what} is ${actual}, expected ${wanted}`);
  };
  compare('the number of findings', String(findings.length), String(controls.length));
  for (const finding of findings) {
    const control = finding.Compliance?.SecurityControlId ?? finding.GeneratorId ?? '?';
    compare(`${control}: workflow`, finding.Workflow?.Status ?? 'none', expected.workflow);
    compare(`${control}: outcome`, finding.UserDefinedFields?.['PortcullisOutcome'] ?? 'none', expected.outcome);
    if (expected.openedBy !== undefined) {
      const openedBy = finding.ProductFields?.['portcullis/OpenedBy']?.split('::').at(-1) ?? 'nobody';
      compare(`${control}: who opened it`, openedBy, expected.openedBy);
    }
    if (expected.severity !== undefined)
      compare(`${control}: severity`, finding.Severity?.Label ?? 'none', expected.severity);
  }
  const remediations = new Set(findings.map((finding) => finding.UserDefinedFields?.['PortcullisRemediationId']));
  if (remediations.size > 1) surprises.push(`${String(remediations.size)} remediations for one target, expected 1`);
  compare('what is open', openAfter.map(renderRule).sort().join('; '), [...expected.openAfter].sort().join('; '));
  const note = findings[0]?.Note?.Text ?? '';
  for (const text of expected.noteMentions) {
    if (!note.includes(text)) surprises.push(`the note does not mention "${text}": ${note}`);
  }
  return surprises;
}
