import type { Target } from '../../core/target';
import type { PortResult, RemediationRequest } from '../ports';
import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { EndExceptionInput } from './command-input';
import type { EndGrantInput } from './grant-input';

/** Has an exception ended before its time. */
export function askToEndException(
  { askId, exceptionId }: EndExceptionInput,
  { arn }: Caller,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const request = {
    ...byHand(askId, `portcullis exceptions end by ${arn}`),
    action: 'end-exception' as const,
    exceptionId,
  };
  const named = ports.ledger.fetchExceptions().then(findBy((each) => each.exceptionId === exceptionId));
  return askToEnd(`exception ${exceptionId}`, named, request, ports);
}

/** Has a grant ended before its time. Whoever may send commands may: it only closes. */
export function askToEndGrant(
  { askId, grantId }: EndGrantInput,
  { arn }: Caller,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const request = { ...byHand(askId, `portcullis grants end by ${arn}`), action: 'end-grant' as const, grantId };
  const named = ports.ledger.fetchGrants().then(findBy((each) => each.grantId === grantId));
  return askToEnd(`grant ${grantId}`, named, request, ports);
}

/** What ends at a moment. */
interface Endable {
  readonly target: Target;
  readonly ended?: { readonly at: string };
}

function byHand(askId: string, decidedBy: string) {
  return { id: `cli-${askId}`, trigger: 'custom-action', decidedBy, findings: [], how: 'by-hand' } as const;
}

function findBy<Item>(isIt: (item: Item) => boolean) {
  return (all: Awaited<PortResult<readonly Item[]>>) =>
    all.ok ? { ok: true as const, value: all.value.find(isIt) } : all;
}

async function askToEnd(
  called: string,
  named: PortResult<Endable | undefined>,
  request: RemediationRequest,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const read = await named;
  if (!read.ok) return { kind: 'failed', reason: read.error.cause };
  if (read.value === undefined) return { kind: 'refused', reason: `the ledger holds no ${called}` };
  const { ended, target } = read.value;
  if (ended !== undefined) {
    return { kind: 'refused', reason: `${called} has ended already, at ${ended.at.slice(0, 16)}Z` };
  }
  return { kind: 'done', body: { requests: [await ask(target, request, ports)] } };
}
