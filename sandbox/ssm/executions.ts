import { AwsError } from '../runtime/aws-error';
import type { Principal } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import type { AutomationDocument, DocumentStep } from './automation-document';

export type StepStatus = 'Pending' | 'InProgress' | 'Success' | 'Failed' | 'TimedOut' | 'Cancelled';
/** `Pending` while it waits for others of its account and Region. */
export type ExecutionStatus = StepStatus | 'Cancelling';

export interface StepExecution {
  readonly id: string;
  readonly step: DocumentStep;
  status: StepStatus;
  startedMillis?: number;
  endedMillis?: number;
  /** As they were filled in. */
  inputs: Readonly<Record<string, unknown>>;
  /** By name, with their types. */
  outputs: ReadonlyMap<string, unknown>;
  failureMessage?: string;
}

export interface Execution {
  readonly id: string;
  readonly documentName: string;
  readonly documentVersion: string;
  readonly document: AutomationDocument;
  /** As given in the start call. */
  readonly parameters: Readonly<Record<string, string[]>>;
  readonly parameterValues: ReadonlyMap<string, unknown>;
  readonly executedBy: string;
  /** Who calls the APIs: the assumed role, or the starter when the document assumes none. */
  readonly principal: Principal;
  readonly tags: Readonly<Record<string, string>>;
  readonly startedMillis: number;
  readonly steps: readonly StepExecution[];
  endedMillis?: number;
  status: ExecutionStatus;
  failureMessage?: string;
}

/** The executions of all accounts and Regions, newest last. */
export class Executions {
  readonly #places = new Regional(() => ({
    executions: new Map<string, Execution>(),
    executionsByToken: new Map<string, string>(),
  }));

  add(account: string, region: string, execution: Execution): void {
    this.#places.at(account, region).executions.set(execution.id, execution);
  }

  /** @throws AwsError AutomationExecutionNotFoundException */
  get(account: string, region: string, id = ''): Execution {
    const execution = this.#places.at(account, region).executions.get(id);
    if (execution) return execution;
    throw executionNotFound(id);
  }

  list(account: string, region: string): readonly Execution[] {
    return [...this.#places.at(account, region).executions.values()];
  }

  all(): readonly { readonly account: string; readonly region: string; readonly execution: Execution }[] {
    return this.#places
      .all()
      .flatMap(({ account, region, state }) =>
        [...state.executions.values()].map((execution) => ({ account, region, execution })),
      );
  }

  /**
   * The execution that was started with a token before; otherwise the token is this execution's from now on.
   * @throws AwsError ValidationException
   */
  useClientToken(account: string, region: string, token: string, id: string): string | undefined {
    if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(token)) {
      throw new AwsError('ValidationException', `ClientToken must be a UUID of 36 characters: "${token}"`);
    }
    const { executionsByToken } = this.#places.at(account, region);
    const earlier = executionsByToken.get(token.toLowerCase());
    if (earlier === undefined) executionsByToken.set(token.toLowerCase(), id);
    return earlier;
  }
}

/** AutomationExecutionNotFoundException: an id of this account and Region only, for nobody else's is found. */
export function executionNotFound(id: string): AwsError {
  return new AwsError('AutomationExecutionNotFoundException', `No automation execution with id ${id} was found.`);
}
