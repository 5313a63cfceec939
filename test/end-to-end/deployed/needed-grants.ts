import type { GrantNeeded } from '../../../sandbox/iam/authorize';
import type { AskSandbox } from './sandbox-controls';

/** One action of one statement of one role: a role is the same in all accounts. */
export type NeededGrant = Pick<GrantNeeded, 'role' | 'sid' | 'action'>;

const needed = new Set<string>();

/** From now on {@link isNeeded} knows what roles of this deployment could not have done without so far. */
export async function rememberNeededGrants(ask: AskSandbox): Promise<void> {
  for (const grant of await ask<readonly GrantNeeded[]>('iam/needed-grants')) needed.add(keyOf(grant));
}

/** Whether a call in a deployment of this test file was allowed by this alone: without it, IAM would have refused. */
export function isNeeded(grant: NeededGrant): boolean {
  return needed.has(keyOf(grant));
}

/** Distinguishes the grants of a configuration: its statements have names, or are the only ones of their role without. */
export function keyOf({ role, sid, action }: NeededGrant): string {
  return `${role} ${sid} ${action}`;
}
