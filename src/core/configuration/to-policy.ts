import type { FlowLogLimits } from '../context/flow-logs/window';
import type { Policy, PolicyEntry, PolicyGuards } from '../policy/policy-entry';
import type { PolicyConfiguration } from './policy-schema';
import type { ExceptionEntry } from './exceptions-schema';
import { toPlanPolicy, toPortRange } from './to-plan-policy';

/** All that the orchestrator goes by: how it plans, and who decides. */
export function toPolicy({
  policy,
  decisions,
  guards,
  acceptRisk,
  flowLogs,
  exceptions,
}: {
  readonly policy: PolicyConfiguration;
  readonly decisions: readonly PolicyEntry[];
  readonly guards: PolicyGuards;
  readonly acceptRisk: { readonly defaultDays: number };
  readonly flowLogs?: FlowLogLimits | undefined;
  readonly exceptions: readonly ExceptionEntry[];
}): Policy {
  const { protectionTag, lastWayIn, firewallManager } = guards;
  return {
    ...toPlanPolicy(policy),
    ...(decisions.length > 0 && { decisions }),
    exceptionDays: acceptRisk.defaultDays,
    ...(flowLogs !== undefined && { flowLogs: { days: flowLogs.days, gigabytes: flowLogs.gigabytes } }),
    ...(exceptions.length > 0 && {
      exceptions: exceptions.map((each) => ({ ...each, ports: each.ports.map(toPortRange) })),
    }),
    // Those that hold unless they are switched off need no words.
    guards: {
      ...(protectionTag !== undefined && { protectionTag }),
      ...(lastWayIn === false && { lastWayIn }),
      ...(firewallManager === false && { firewallManager }),
    },
  };
}
