import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

const CHECK = 'Security Hub V2';

/**
 * Security Hub V2 is enabled, where the deployment takes findings from it: its rules show that. Nothing where it does
 * not.
 */
export async function checkSecurityHubV2({ deployment, names, region }: DoctorPorts): Promise<readonly Check[]> {
  const rules = await deployment.fetchRules(names.eventRule('Automatic-'));
  if (!rules.ok) return [unknown(CHECK, rules.error)];
  if (!rules.value.some(({ name }) => name.endsWith('-V2'))) return [];
  const hub = await deployment.fetchSecurityHubV2();
  if (!hub.ok) return [unknown(CHECK, hub.error)];
  if (hub.value !== undefined) return [ok(CHECK, `enabled in ${region} since ${hub.value.subscribedAt}`)];
  const fix = `aws securityhub enable-security-hub-v2 --region ${region}, or securityHub: cspm in portcullis.yaml`;
  return [failed(CHECK, 'not enabled, and portcullis.yaml has findings taken from it', fix)];
}
