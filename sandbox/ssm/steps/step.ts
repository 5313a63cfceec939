import type { CallContext } from '../../runtime/operation';
import type { World } from '../../runtime/world';
import type { DocumentStep } from '../automation-document';

/** What a step runs with. Its inputs are filled in already. */
export interface StepContext {
  readonly world: World;
  /** The account and Region of the document, and the role that it assumes. */
  readonly call: Pick<CallContext, 'principal' | 'account' | 'region'>;
  readonly step: DocumentStep;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface StepResult {
  /** What the outputs' selectors choose from. */
  readonly payload?: unknown;
  /** Where the document goes on, when the step decides that. */
  readonly nextStep?: string;
}

/** A step that did not do what it should; the message is the end of the step's FailureMessage. */
export class StepFailure extends Error {
  readonly status: 'Failed' | 'TimedOut';

  constructor(message: string, status: 'Failed' | 'TimedOut' = 'Failed') {
    super(message);
    this.status = status;
  }
}

/** @throws StepFailure */
export type StepAction = (context: StepContext) => Promise<StepResult>;
