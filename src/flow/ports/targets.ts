import type { Attachment } from '../../core/attachment';
import type { Surroundings } from '../../core/context/surroundings';
import type { Plan } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** Resources as they are at this moment, read with the member account's role. */
export interface Targets {
  /** A failure means that it could not be read, which is never a reason to believe that it is closed. */
  observe(target: Target, remediationId: string): PortResult<Observation>;
  /**
   * What is around a target: whatever of it cannot be read, or not in time, says so by itself.
   * @param plan to close it, whose violations decide how far back it is searched who opened them
   */
  readSurroundings(target: Target, resource: Resource, plan: Plan, remediationId: string): Promise<Surroundings>;
  /** What traffic passes the target for: a preview says who would notice. */
  fetchAttachments(target: Target, remediationId: string): PortResult<readonly Attachment[]>;
}

export type Observation = { readonly kind: 'found'; readonly resource: Resource } | { readonly kind: 'gone' };
