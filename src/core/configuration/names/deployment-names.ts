import { CALLS, type CallName } from '../../planning/calls';

/**
 * The names that a deployment shows, all from one prefix: what the stacks create, and what code and people look for.
 * Names that IAM policies of other accounts refer to (roles, documents) must be known before anything exists.
 */
export interface DeploymentNames {
  readonly stacks: {
    readonly hub: string;
    readonly member: string;
    rules(region: string): string;
  };
  readonly roles: {
    readonly commands: string;
    /** In the hub, where custom actions are made by a function. */
    readonly customActions: string;
    readonly dispatcher: string;
    readonly orchestrator: string;
    readonly sweeper: string;
    /** In every member account: assumed by the hub's orchestrator. */
    readonly member: string;
    /** In every member account: assumed by SSM Automation for a runbook run. */
    readonly runbook: string;
    /** In the hub: what EventBridge Scheduler sends what is due with. */
    readonly scheduler: string;
  };
  readonly functions: {
    readonly commands: string;
    readonly customActions: string;
    readonly dispatcher: string;
    readonly orchestrator: string;
    readonly sweeper: string;
  };
  /** The HTTP API that people's commands go to, and the parameter that holds its address. */
  readonly commandsApi: string;
  readonly commandsParameter: string;
  /** The parameter that holds what distinguishes the policy of this deployment from that of another. */
  readonly policyParameter: string;
  /** In every Region of every member account: the version of the member stack there. */
  readonly memberParameter: string;
  readonly queues: { readonly findings: string; readonly deadLetters: string };
  /** Runbooks, in every Region of every member account. */
  readonly documents: RunbookNames;
  /** What the Security Hub console offers for selected findings: the label, and the id that its ARN ends with. */
  readonly customActions: {
    readonly close: CustomActionName;
    readonly preview: CustomActionName;
    readonly undo: CustomActionName;
    readonly accept: CustomActionName;
  };
  readonly ledgerTable: string;
  /** Of the one-time schedules that say what is due. */
  readonly scheduleGroup: string;
  readonly bus: string;
  readonly alarmTopic: string;
  eventRule(purpose: string): string;
  alarm(purpose: string): string;
}

/** By the EC2 call that a document makes. Its forms for other sources, protocols or tags add an ending: `-Ipv6`. */
export type RunbookNames = Readonly<Record<CallName, string>>;

export interface CustomActionName {
  readonly name: string;
  readonly id: string;
}

function toRunbookNames(prefix: string): RunbookNames {
  const names = Object.entries(CALLS).map(([call, { document }]) => [call, `${prefix}-${document}`] as const);
  // Keys of the table.
  return Object.fromEntries(names) as RunbookNames;
}

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toDeploymentNames(prefix: string): DeploymentNames {
  return {
    stacks: {
      hub: `${prefix}-Hub`,
      member: `${prefix}-Member`,
      rules: (region) => `${prefix}-Rules-${region}`,
    },
    roles: {
      commands: `${prefix}-Commands`,
      customActions: `${prefix}-CustomActions`,
      dispatcher: `${prefix}-Dispatcher`,
      orchestrator: `${prefix}-Orchestrator`,
      sweeper: `${prefix}-Sweeper`,
      member: `${prefix}-Member`,
      runbook: `${prefix}-Runbook`,
      scheduler: `${prefix}-Scheduler`,
    },
    functions: {
      commands: `${prefix}-Commands`,
      customActions: `${prefix}-CustomActions`,
      dispatcher: `${prefix}-Dispatcher`,
      orchestrator: `${prefix}-Orchestrator`,
      sweeper: `${prefix}-Sweeper`,
    },
    commandsApi: `${prefix}-Commands`,
    commandsParameter: `/portcullis/${prefix}/commands`,
    policyParameter: `/portcullis/${prefix}/policy`,
    memberParameter: `/portcullis/${prefix}/member`,
    queues: { findings: `${prefix}-Findings`, deadLetters: `${prefix}-DeadLetters` },
    documents: toRunbookNames(prefix),
    customActions: {
      close: { name: 'Close ingress', id: `${prefix}Close` },
      preview: { name: 'Preview closing', id: `${prefix}Preview` },
      undo: { name: 'Undo closing', id: `${prefix}Undo` },
      accept: { name: 'Accept risk', id: `${prefix}Accept` },
    },
    ledgerTable: `${prefix}-Ledger`,
    scheduleGroup: prefix,
    bus: prefix.toLowerCase(),
    alarmTopic: `${prefix}-Alarms`,
    eventRule: (purpose) => `${prefix}-${purpose}`,
    alarm: (purpose) => `${prefix}-${purpose}`,
  };
}
