import type { Attached, Fact, OpenedBy, Used } from '../../core/context/context';
import type { AskedFlows } from '../../core/context/flow-logs/to-used';
import type { FlowLogLimits } from '../../core/context/flow-logs/window';
import type { Plan } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';
import type { Target } from '../../core/target';

export interface FlowQuestion {
  readonly target: Target;
  readonly resource: Resource;
  /** To close it: who uses what it blocks is asked. */
  readonly plan: Plan;
  readonly attached: Fact<Attached>;
  readonly openedBy: Fact<OpenedBy>;
  readonly limits: FlowLogLimits;
  readonly now: Date;
  readonly remediationId: string;
}

/**
 * VPC flow logs of a target, read with the member account's role. Nothing here fails: what cannot be read is a fact
 * that is not known, with its reason.
 */
export interface FlowLogs {
  /** Starts the query, or says why there is nothing to ask. */
  ask(question: FlowQuestion): Promise<{ readonly asked: AskedFlows } | { readonly cannotTell: string }>;
  /** What the query answered; undefined while it runs. */
  read(target: Target, asked: AskedFlows, remediationId: string): Promise<Fact<Used> | undefined>;
}
