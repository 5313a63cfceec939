import { SECURITY_HUB_CONTROLS, type ControlId } from './control-id';
import { controlOfGeneratorId } from './generator-ids';
import { controlOfProwlerGeneratorId } from './prowler-checks';

/** The fields of an ASFF finding that may name its control. */
export interface ControlEvidence {
  readonly GeneratorId?: string | undefined;
  readonly Compliance?: { readonly SecurityControlId?: string | undefined } | undefined;
  readonly ProductFields?: Readonly<Record<string, string>> | undefined;
}

/**
 * The control of a finding of any standard or of Prowler, undefined when it is none of ours. Where the consolidated id
 * is there it decides alone; else the standard's own fields do, then the generator.
 */
export function controlIdOf(finding: ControlEvidence): ControlId | undefined {
  const consolidated = finding.Compliance?.SecurityControlId;
  if (consolidated !== undefined) return asControlId(consolidated);
  const { ProductFields: fields = {}, GeneratorId: generatorId = '' } = finding;
  return (
    controlOfProductFields(fields) ?? controlOfGeneratorId(generatorId) ?? controlOfProwlerGeneratorId(generatorId)
  );
}

/**
 * `5.1` is another control in each version of CIS, so that a requirement's number counts only together with the ARN of
 * its standard; `EC2.13` and Control Tower's `CT.EC2.13` speak for themselves.
 */
function controlOfProductFields(fields: Readonly<Record<string, string>>): ControlId | undefined {
  const { ControlId: controlId, StandardsArn: standard, RuleId: ruleId, StandardsGuideArn: guide } = fields;
  if (controlId !== undefined) {
    const path = standard?.split(':::standards/')[1];
    return (
      asControlId(controlId.replace(/^CT\./, '')) ??
      (path === undefined ? undefined : controlOfGeneratorId(`${path}/${controlId}`))
    );
  }
  return ruleId === undefined || guide === undefined ? undefined : controlOfGeneratorId(`${guide}/rule/${ruleId}`);
}

function asControlId(text: string): ControlId | undefined {
  return SECURITY_HUB_CONTROLS.find((id) => id === text);
}
