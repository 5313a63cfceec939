import type { Configuration } from '../configuration/schema/configuration-schema';
import { CONTROL_IDS } from '../controls/control-id';
import { decideAsExported } from './decide-as-exported';
import type { PolicyMode } from './policy-entry';

/**
 * What a policy would do about a finding as it was read, if it were on: one that says nothing yet is taken for one that
 * closes every control by itself, so that its guards are seen at work. Undefined where it could not tell.
 */
export function decideIfOn(
  configuration: Pick<Configuration, 'automatic' | 'decisions' | 'guards'> &
    Partial<Pick<Configuration, 'securityHub'>>,
): (raw: unknown) => PolicyMode | undefined {
  const { automatic, decisions } = configuration;
  const on =
    automatic.length + decisions.length > 0 ? configuration : { ...configuration, automatic: [...CONTROL_IDS] };
  return (raw) => {
    const decision = decideAsExported(raw, on);
    return typeof decision === 'string' ? undefined : decision.mode;
  };
}
