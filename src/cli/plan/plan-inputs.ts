import * as z from 'zod';
import { parseConfiguration, renderMistake } from '../../core/configuration/parse-configuration';
import { toBaseline } from '../../core/configuration/to-baseline';
import { toPlanPolicy } from '../../core/configuration/to-plan-policy';
import { AUTHORIZED_PORT_PARAMETERS, parseAuthorizedPorts } from '../../core/controls/authorized-ports';
import { withBaselinePorts, type Baseline } from '../../core/controls/baseline';
import { BASELINE, type ControlId, type RequestedControl, type ControlParameter } from '../../core/controls/control-id';
import { DEFAULT_PLAN_POLICY, type PlanPolicy, type Strategy } from '../../core/planning/plan-policy';
import { renderAskReason } from '../../core/reasons/ask-reasons';
import { InputError, mistakesIn } from '../cli-error';
import { readYamlFile } from '../yaml-file';

const PARAMETERS_FIX =
  'write a finding\'s SecurityControlParameters, such as [{"Name":"authorizedTcpPorts","Value":["80","443"]}]';

const parametersSchema = z.array(z.object({ Name: z.string(), Value: z.array(z.string()) }));

/**
 * The controls of `--control`, each with the parameters of `--parameters`, and the baseline as the policy has it.
 * @throws InputError
 */
export function readControls(
  controls: readonly ControlId[],
  parameters: string | undefined,
  baseline: Baseline | undefined,
): readonly RequestedControl[] {
  const given = parameters === undefined ? [] : readParameters(parameters);
  return controls.map((id) => {
    if (id !== BASELINE) return { id, parameters: given };
    if (baseline !== undefined) return withBaselinePorts(baseline);
    throw new InputError(
      '--control baseline forbids what detection.baseline of a portcullis.yaml names; give one that has it with --policy',
    );
  });
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

/** What plans go by. */
export interface PlanInputs {
  readonly policy: PlanPolicy;
  /** Missing where no portcullis.yaml has one. */
  readonly baseline?: Baseline;
}

/**
 * The policy and the baseline of a portcullis.yaml, or the default policy; `--strategy` goes before all that either
 * says of it. @throws InputError
 */
export function readPolicy(file: string | undefined, strategy: Strategy | undefined): PlanInputs {
  const { policy, ...others } = file === undefined ? { policy: DEFAULT_PLAN_POLICY } : readPolicyFile(file);
  return { ...others, policy: strategy === undefined ? policy : { ...policy, strategy, overrides: [] } };
}

function readPolicyFile(file: string): PlanInputs {
  const configuration = parseConfiguration(readYamlFile(file, `--policy ${file}`));
  if (configuration.ok) {
    const { policy, detection } = configuration.value;
    const baseline = toBaseline(detection);
    return { policy: toPlanPolicy(policy), ...(baseline === undefined ? {} : { baseline }) };
  }
  throw mistakesIn(`--policy ${file}`, configuration.error.map(renderMistake));
}
