import { createDeploymentState } from '../../aws/adapters/deployment-state';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { createUnitState } from '../../aws/adapters/unit-state';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import { partitionOf } from '../../core/partition-of';
import type { HubPorts } from '../../flow/doctor/hub-checks';
import { fetchNamedUnits } from './fetch-named-units';
import { probeReceivers } from './probe-receivers';
import { probeMember } from './probe-member';
import { rolloutPorts } from './rollout-ports';

/** What is checked from the hub account, by its own credentials and by what the deployment answers. */
export function createHubPorts(
  operator: OperatorAdapters,
  {
    account,
    prefix,
    regions,
  }: { readonly account: string; readonly prefix: string; readonly regions: readonly string[] },
): HubPorts {
  const { region, ledger, questions } = operator;
  const names = toDeploymentNames(prefix);
  let named: ReturnType<typeof fetchNamedUnits> | undefined;
  return {
    deployment: createDeploymentState(region),
    prefix,
    names,
    region,
    partition: partitionOf(region),
    account,
    regions: [...new Set([region, ...regions])],
    rulesIn: createDeploymentState,
    probeMember: (target) => probeMember(target, operator),
    probeReceivers: () => probeReceivers(operator),
    endings: { ledger, questions, now: new Date(), region, isBeforeRemoval: false },
    units: {
      // Two checks ask, and the deployment is asked once.
      fetchNamedUnits: () => (named ??= fetchNamedUnits(operator)),
      unitExists: createUnitState(account),
      stack: names.stacks.hub,
    },
    rollout: rolloutPorts(region, prefix),
  };
}
