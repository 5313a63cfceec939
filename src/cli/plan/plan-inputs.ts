import * as z from 'zod';
import { parseConfiguration, renderMistake } from '../../core/configuration/parse-configuration';
import { toPlanPolicy } from '../../core/configuration/to-plan-policy';
import { AUTHORIZED_PORT_PARAMETERS, parseAuthorizedPorts } from '../../core/controls/authorized-ports';
import type { ControlId, RequestedControl, ControlParameter } from '../../core/controls/control-id';
import { DEFAULT_PLAN_POLICY, type PlanPolicy, type Strategy } from '../../core/planning/plan-policy';
import { renderAskReason } from '../../core/reasons/ask-reasons';
import { InputError, mistakesIn } from '../cli-error';
import { readYamlFile } from '../yaml-file';

const PARAMETERS_FIX =
  'write a finding\'s SecurityControlParameters, such as [{"Name":"authorizedTcpPorts","Value":["80","443"]}]';

const parametersSchema = z.array(z.object({ Name: z.string(), Value: z.array(z.string()) }));

/** The controls of `--control`, each with the parameters of `--parameters`. @throws InputError */
export function readControls(
  controls: readonly ControlId[],
  parameters: string | undefined,
): readonly RequestedControl[] {
  const given = parameters === undefined ? [] : readParameters(parameters);
  return controls.map((id) => ({ id, parameters: given }));
}

function readParameters(text: string): readonly ControlParameter[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InputError(`--parameters is not JSON; ${PARAMETERS_FIX}`);
  }
  const parsed = parametersSchema.safeParse(json);
  if (!parsed.success) throw new InputError(`--parameters ${text} is not a list of parameters; ${PARAMETERS_FIX}`);
  // A misspelt name would silently mean the default.
  const unknown = parsed.data.find(({ Name }) => !AUTHORIZED_PORT_PARAMETERS.includes(Name));
  if (unknown !== undefined) {
    throw new InputError(
      `--parameters names "${unknown.Name}"; the parameters are ${AUTHORIZED_PORT_PARAMETERS.join(' and ')}`,
    );
  }
  const ports = parseAuthorizedPorts(parsed.data);
  if (!ports.ok) throw new InputError(`--parameters: ${renderAskReason(ports.error).replace(/\.$/, '')}`);
  return parsed.data;
}

/**
 * The policy of a portcullis.yaml, or the default one; `--strategy` goes before all that either says of it. @throws
 * InputError
 */
export function readPolicy(file: string | undefined, strategy: Strategy | undefined): PlanPolicy {
  const policy = file === undefined ? DEFAULT_PLAN_POLICY : readPolicyFile(file);
  return strategy === undefined ? policy : { ...policy, strategy, overrides: [] };
}

function readPolicyFile(file: string): PlanPolicy {
  const configuration = parseConfiguration(readYamlFile(file, `--policy ${file}`));
  if (configuration.ok) return toPlanPolicy(configuration.value.policy);
  throw mistakesIn(`--policy ${file}`, configuration.error.map(renderMistake));
}
