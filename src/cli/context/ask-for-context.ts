import { randomUUID } from 'node:crypto';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { Context } from '../../core/context/context';
import type { Target } from '../../core/target';
import { CouldNotTellError } from '../cli-error';
import { askForRequests } from '../operator/ask-commands';
import { waitForRemediation } from '../operator/wait-for-remediation';

/** What is known, or why nothing was looked up: the outcome says whether that is nobody's fault. */
export type ContextAnswer =
  | { readonly target: Target; readonly context: Context }
  | { readonly target: Target; readonly outcome: string; readonly reason: string };

/**
 * Has the deployment look up what is known about a target, and waits for it.
 *
 * @throws InputError for what it refuses; CouldNotTellError when it could not be asked, or did not end
 */
export async function askForContext(
  what: { readonly findingId: string } | { readonly target: Target },
  operator: OperatorAdapters,
): Promise<ContextAnswer> {
  const [asked] = await askForRequests({ command: 'context', askId: randomUUID(), ...what }, operator);
  if (asked?.status !== 'asked') throw new CouldNotTellError(asked?.reason ?? 'nothing was asked');
  const ending = await waitForRemediation(asked, operator);
  const { target, outcome, reason = '' } = ending;
  const context = 'context' in ending ? ending.context : undefined;
  return context === undefined ? { target, outcome, reason } : { target, context };
}
