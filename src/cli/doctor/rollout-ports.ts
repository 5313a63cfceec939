import { createStackSets } from '../../aws/adapters/stack-sets';
import { toIsolationNames } from '../../core/configuration/names/isolation-names';
import { toRolloutNames } from '../../core/configuration/names/rollout-names';
import type { RolloutPorts } from '../../flow/doctor/check-rollout';

/** The StackSets of a deployment, in the Region that they are made in. */
export function rolloutPorts(region: string, prefix: string): RolloutPorts {
  const { stack, stackSet } = toRolloutNames(prefix);
  const names = { member: stackSet, isolation: toIsolationNames(prefix).stackSet };
  return { stackSets: createStackSets(region), names, stack };
}
