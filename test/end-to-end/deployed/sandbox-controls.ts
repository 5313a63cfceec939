import type { Fault } from '../../../sandbox/runtime/faults';

export type AskSandbox = <Answer>(path: string, question?: object) => Promise<Answer>;

export interface Execution {
  readonly arn: string;
  readonly status: string;
  readonly operations: readonly { readonly Name?: string; readonly Status?: string }[];
}

/** Asks a control route of the sandbox, with a question by POST. */
export function askSandbox(endpoint: string): AskSandbox {
  return async <Answer>(path: string, question?: object): Promise<Answer> => {
    const init = question === undefined ? {} : { method: 'POST', body: JSON.stringify(question) };
    const response = await fetch(`${endpoint}/_sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
}

/** What nobody sees from outside: how often functions ran, and trouble on demand. */
export interface SandboxControls {
  /** Durable executions of the orchestrator. */
  executions(): Promise<readonly Execution[]>;
  /** How often the dispatcher or the orchestrator was invoked. */
  invocationsOf(functionName: string): Promise<number>;
  metric(name: string): Promise<number>;
  /** Arms the loss of the orchestrator's process at a checkpoint; answers what is still armed. */
  kill(order: object): Promise<{ readonly armed: readonly unknown[] }>;
  misbehave(...faults: readonly Fault[]): Promise<void>;
  /** An account enables a Region, or disables it: then nobody can read anything of it there. */
  enableRegion(account: string, region: string, isEnabled: boolean): Promise<void>;
  /** Ends all misbehaviour. */
  behave(): Promise<void>;
}

export function createSandboxControls(endpoint: string, ask: AskSandbox): SandboxControls {
  return {
    executions: () => ask<readonly Execution[]>('lambda/executions'),

    async invocationsOf(functionName) {
      return (await ask<readonly unknown[]>('lambda/invocations', { functionName })).length;
    },

    async metric(name) {
      const values = await ask<readonly { readonly name: string; readonly value: number }[]>('lambda/metrics');
      return values.filter((each) => each.name === name).reduce((sum, { value }) => sum + value, 0);
    },

    kill: (order) =>
      ask('lambda/kill', Object.keys(order).length > 0 ? { functionName: 'Portcullis-Orchestrator', ...order } : order),

    async misbehave(...faults) {
      await ask('faults', [...faults]);
    },

    async enableRegion(account, region, isEnabled) {
      await ask('regions', { account, region, isEnabled });
    },

    async behave() {
      await fetch(`${endpoint}/_sandbox/faults`, { method: 'DELETE' });
    },
  };
}
