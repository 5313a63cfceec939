import type { World } from '../runtime/world';
import type { Execution } from './executions';

/**
 * The value of `Name`, `step.Output`, `global:…` or `automation:…` in a document; undefined when there is none (yet).
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html
 */
export function resolveReference(
  place: {
    readonly world: World;
    readonly account: string;
    readonly region: string;
    readonly execution: Pick<Execution, 'id' | 'parameterValues' | 'steps'>;
  },
  reference: string,
): unknown {
  const { world, execution } = place;
  const now = new Date(world.clock.now()).toISOString();
  switch (reference) {
    case 'automation:EXECUTION_ID':
      return execution.id;
    case 'global:ACCOUNT_ID':
      return place.account;
    case 'global:REGION':
      return place.region;
    case 'global:DATE':
      return now.slice(0, 10);
    case 'global:DATE_TIME':
      return now.slice(0, 19).replace('T', '_').replaceAll(':', '.');
    default: {
      const [name = '', output] = reference.split('.');
      if (output === undefined) return execution.parameterValues.get(name);
      const outputs = execution.steps.find(({ step }) => step.name === name)?.outputs;
      return outputs?.get(output) ?? (output === 'Output' ? outputs?.get('OutputPayload') : undefined);
    }
  }
}
