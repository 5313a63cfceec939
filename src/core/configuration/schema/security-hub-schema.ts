import * as z from 'zod';
import type { ControlId } from '../../controls/control-id';
import { SECURITY_HUB_KINDS, type SecurityHubKind } from '../../security-hub-kind';
import { withFix } from './fixes';

export const securityHubSchema = withFix(z.enum(SECURITY_HUB_KINDS), 'write cspm, v2 or both');

interface Mistake {
  readonly path: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** What Security Hub V2 alone cannot do: what needs the findings of CSPM. */
export function findWhatNeedsCspm(configuration: {
  readonly securityHub: SecurityHubKind;
  readonly detection?: { readonly cloudTrail: boolean; readonly sweep?: unknown; readonly watch?: unknown } | undefined;
  readonly drill?: unknown;
  readonly insights: boolean;
  readonly reports?: { readonly formats: readonly string[] } | undefined;
  readonly automatic: readonly (ControlId | { readonly controls: readonly ControlId[] })[];
}): readonly Mistake[] {
  const { securityHub, detection, drill, insights, reports, automatic } = configuration;
  if (securityHub !== 'v2') return [];
  const mistakes: Mistake[] = [];
  const imports = 'imports findings of our own into Security Hub CSPM, and securityHub: v2 does not look there';
  if (detection?.cloudTrail === true) {
    const fix = 'write securityHub: both, or cloudTrail: false';
    mistakes.push({ path: ['detection', 'cloudTrail'], message: imports, fix });
  }
  for (const key of ['sweep', 'watch'] as const) {
    if (detection?.[key] === undefined) continue;
    mistakes.push({ path: ['detection', key], message: imports, fix: `write securityHub: both, or leave ${key} out` });
  }
  if (drill !== undefined) {
    const fix = 'write securityHub: both, or leave drill out';
    mistakes.push({ path: ['drill'], message: imports, fix });
  }
  if (insights) {
    const message = 'are asked of Security Hub CSPM, and securityHub: v2 writes nothing there';
    mistakes.push({ path: ['insights'], message, fix: 'write securityHub: both, or leave insights out' });
  }
  if (reports?.formats.includes('json') === true) {
    const message =
      'has json, which is findings as Security Hub CSPM prints them, and securityHub: v2 reads none there';
    mistakes.push({ path: ['reports', 'formats'], message, fix: 'write ocsf instead, or securityHub: both' });
  }
  const controls = automatic.flatMap((each) => (typeof each === 'string' ? each : each.controls));
  if (controls.includes('EC2.18')) {
    const message = 'has EC2.18, whose parameters Security Hub V2 does not show: what may stay open is not guessed';
    mistakes.push({ path: ['automatic'], message, fix: 'write securityHub: both, or leave EC2.18 out' });
  }
  if (controls.includes('baseline')) {
    const message = 'has baseline, whose findings are ours and are in Security Hub CSPM alone';
    mistakes.push({ path: ['automatic'], message, fix: 'write securityHub: both, or leave baseline out' });
  }
  return mistakes;
}
