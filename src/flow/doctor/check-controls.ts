import { SECURITY_HUB_CONTROLS } from '../../core/controls/control-id';
import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

const CHECK = 'enabled controls';

/**
 * A control that is disabled makes no findings: that is somebody's choice, unless its findings are to be closed by
 * themselves.
 */
export async function checkControls({ deployment, names, region }: DoctorPorts): Promise<readonly Check[]> {
  const disabled = await deployment.fetchDisabledControls(SECURITY_HUB_CONTROLS);
  if (!disabled.ok) return [unknown(CHECK, disabled.error)];
  const enabled = SECURITY_HUB_CONTROLS.filter((id) => !disabled.value.includes(id));
  const found = [
    enabled.length === 0 ? 'none' : enabled.join(', '),
    ...(disabled.value.length === 0
      ? []
      : [`disabled, so that there are no findings of: ${disabled.value.join(', ')}`]),
  ].join('; ');
  const automatic = names.eventRule('Automatic-');
  const rules = await deployment.fetchRules(automatic);
  if (!rules.ok) return [unknown(CHECK, rules.error)];
  const awaited = rules.value
    .filter(({ isEnabled }) => isEnabled)
    .map(({ name }) => name.slice(automatic.length).replace(/-V2$/, '').replace('-', '.'));
  const [missing] = disabled.value.filter((id) => awaited.includes(id));
  if (missing === undefined && enabled.length > 0) return [ok(CHECK, found)];
  const control = missing ?? SECURITY_HUB_CONTROLS[0];
  const standard =
    `$(aws securityhub list-standards-control-associations --security-control-id ${control} --region ${region} ` +
    `--query 'StandardsControlAssociationSummaries[0].StandardsArn' --output text)`;
  const fix =
    'aws securityhub batch-update-standards-control-associations --standards-control-association-updates ' +
    `"StandardsArn=${standard},SecurityControlId=${control},AssociationStatus=ENABLED" --region ${region}`;
  return [failed(CHECK, found, fix)];
}
