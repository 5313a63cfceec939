import type { PlanPolicy, PortRange } from '../planning/plan-policy';
import type { PolicyConfiguration, PortEntry } from './schema/policy-schema';

/** The policy of plans, with what the configuration leaves out by default. */
export function toPlanPolicy(policy: PolicyConfiguration): PlanPolicy {
  return {
    strategy: policy.strategy,
    publicPorts: {
      tcp: policy.publicPorts.tcp.map(toPortRange),
      udp: policy.publicPorts.udp.map(toPortRange),
    },
    ruleQuota: policy.ruleQuota,
    networkAclEntryQuota: policy.networkAclEntryQuota,
    keepProtocols: policy.keepProtocols.map(String),
    undoMaxAgeDays: policy.undo.maxAgeDays,
    ...(policy.overrides.length > 0 && { overrides: policy.overrides }),
    ...(policy.expandPrefixLists && { expandPrefixLists: true }),
    ...(policy.trustedSources && { trustedSources: policy.trustedSources }),
  };
}

/** The schema has made sure that a text is a port, or a range with the lower port first. */
export function toPortRange(entry: PortEntry): PortRange {
  const [from = NaN, to = from] = String(entry).split('-').map(Number);
  return { from, to };
}
