import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { createUnreadFindings } from '../../aws/adapters/unread-findings';
import { toListed } from '../../core/exceptions/to-listed';
import { ExceptionsByTarget } from '../../core/exceptions/exceptions-by-target';
import { parseEitherFinding } from '../../core/findings/parse-either-finding';
import { ContextsByTarget } from '../../core/policy/contexts-by-target';
import type { KnownBeside } from '../../core/policy/decide-as-exported';
import { CouldNotTellError, InputError } from '../cli-error';
import { askForContext } from '../context/ask-for-context';
import { orCouldNotTell } from '../operator/operator';
import type { TriedPolicy } from './read-policy';

export interface KnownLive {
  /** As Security Hub has it. */
  readonly finding: unknown;
  readonly known: KnownBeside;
  /** Nothing is open, so that nothing is decided: what the deployment says of it. */
  readonly remark?: string;
}

/**
 * A finding of the hubs that the policy works with, and what the deployment knows of its target now, and the exceptions
 * in its ledger.
 *
 * @throws InputError for what Security Hub does not know; CouldNotTellError when something could not be read
 */
export async function readKnownLive(
  findingId: string,
  policy: TriedPolicy,
  operator: OperatorAdapters,
): Promise<KnownLive> {
  const finding = await orCouldNotTell(
    createUnreadFindings(operator.region, policy.securityHub).fetchUnread(findingId),
    operator.region,
  );
  if (finding === undefined) throw new InputError(`Security Hub in ${operator.region} knows no finding ${findingId}`);
  const parsed = parseEitherFinding(finding);
  const target = parsed.ok ? parsed.value.target : undefined;
  if (target === undefined) return { finding, known: {} };

  const exceptions = new ExceptionsByTarget(new Date());
  const stored = await orCouldNotTell(operator.ledger.fetchExceptions(target), operator.region);
  for (const each of stored) exceptions.add(toListed(each, new Date()));
  const asked = await askForContext({ target }, operator);
  if (!('context' in asked)) {
    if (asked.outcome === 'could-not-tell') throw new CouldNotTellError(`${target.id}: ${asked.reason}`);
    return { finding, known: { exceptions }, remark: `${target.id}: ${asked.reason}` };
  }
  const contexts = new ContextsByTarget([policy]);
  contexts.add({ target, context: asked.context });
  return { finding, known: { contexts, exceptions } };
}
