import type { FlowLogLimits } from '../context/flow-logs/window';
import { READING_SECONDS } from '../context/reading-seconds';
import type { ClosingLimit } from '../policy/closing-limit';
import type { Policy, PolicyEntry, PolicyGuards } from '../policy/policy-entry';
import type { AthenaConfiguration } from './schema/athena-schema';
import type { AutomaticEntry } from './schema/automatic-schema';
import type { PolicyConfiguration } from './schema/policy-schema';
import type { ExceptionEntry } from './schema/exceptions-schema';
import { toGrantLimits, type GrantsConfiguration } from './schema/grants-schema';
import { toIsolationTerms, type IsolationConfiguration } from './schema/isolation-schema';
import { toBaseline } from './to-baseline';
import { toPlanPolicy, toPortRange } from './to-plan-policy';
import { toDecisions } from './to-decisions';

type FlowLogsConfiguration = Omit<FlowLogLimits, 'athena'> & { readonly athena?: AthenaConfiguration | undefined };

/** Where results of Athena go is for its work group and the member role. */
function toLimits({ days, gigabytes, athena }: FlowLogsConfiguration): FlowLogLimits {
  if (athena === undefined) return { days, gigabytes };
  const { workGroup, database, table, buckets, day, account, region } = athena;
  return {
    days,
    gigabytes,
    athena: {
      ...{ workGroup, database, table, buckets },
      ...(day !== undefined && { day }),
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    },
  };
}

/** All that the orchestrator goes by: how it plans, and who decides. */
export function toPolicy({
  policy,
  guards,
  acceptRisk,
  context,
  flowLogs,
  exceptions,
  grants,
  isolation,
  prefix,
  brake,
  detection,
  ...deciding
}: {
  readonly policy: PolicyConfiguration;
  readonly automatic: readonly AutomaticEntry[];
  readonly decisions: readonly PolicyEntry[];
  readonly guards: PolicyGuards;
  readonly acceptRisk: { readonly defaultDays: number };
  readonly context: { readonly seconds: number };
  readonly flowLogs?: FlowLogsConfiguration | undefined;
  readonly exceptions: readonly ExceptionEntry[];
  readonly grants?: GrantsConfiguration | undefined;
  readonly isolation?: IsolationConfiguration | undefined;
  readonly prefix: string;
  readonly brake: ClosingLimit;
  readonly detection?: Parameters<typeof toBaseline>[0];
}): Policy {
  const decisions = toDecisions(deciding);
  const baseline = toBaseline(detection);
  const { protectionTag, lastWayIn, firewallManager } = guards;
  return {
    ...toPlanPolicy(policy),
    ...(decisions.length > 0 && { decisions }),
    brake,
    ...(baseline !== undefined && { baseline }),
    exceptionDays: acceptRisk.defaultDays,
    ...(context.seconds !== READING_SECONDS && { readingSeconds: context.seconds }),
    ...(flowLogs !== undefined && { flowLogs: toLimits(flowLogs) }),
    ...(exceptions.length > 0 && {
      exceptions: exceptions.map((each) => ({ ...each, ports: each.ports.map(toPortRange) })),
    }),
    ...(grants !== undefined && { grants: toGrantLimits(grants) }),
    ...(isolation !== undefined && { isolation: toIsolationTerms(isolation, prefix) }),
    // Those that hold unless they are switched off need no words.
    guards: {
      ...(protectionTag !== undefined && { protectionTag }),
      ...(lastWayIn === false && { lastWayIn }),
      ...(firewallManager === false && { firewallManager }),
    },
  };
}
