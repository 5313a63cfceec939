import type { Isolable } from '../../core/isolation/isolable';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** Instances and network interfaces as they are at this moment, read with the member account's role. */
export interface Isolables {
  /**
   * The target with its interfaces, their groups and what is around them. A failure means that it could not be read,
   * its tags included: then nothing may be isolated.
   */
  observe(target: Target, ask: IsolableQuestion, remediationId: string): PortResult<IsolableObservation>;
}

export interface IsolableQuestion {
  /** Groups of this name in the VPCs of the target are read with their rules. */
  readonly groupName: string;
  /** Groups of which it is asked whether they exist. */
  readonly groupIds: readonly string[];
}

export type IsolableObservation = { readonly kind: 'found'; readonly isolable: Isolable } | { readonly kind: 'gone' };
