import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { EndGrantInput } from './grant-input';

/** Has a grant ended before its time. Whoever may send commands may: it only closes. */
export async function askToEndGrant(
  { askId, grantId }: EndGrantInput,
  caller: Caller,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const all = await ports.ledger.fetchGrants();
  if (!all.ok) return { kind: 'failed', reason: all.error.cause };
  const grant = all.value.find((each) => each.grantId === grantId);
  if (grant === undefined) return { kind: 'refused', reason: `the ledger holds no grant ${grantId}` };
  const { ended, target } = grant;
  if (ended !== undefined) {
    return { kind: 'refused', reason: `grant ${grantId} has ended already, at ${ended.at.slice(0, 16)}Z` };
  }
  const asked = await ask(
    target,
    {
      id: `cli-${askId}`,
      action: 'end-grant',
      trigger: 'custom-action',
      decidedBy: `portcullis grants end by ${caller.arn}`,
      findings: [],
      grantId,
      how: 'by-hand',
    },
    ports,
  );
  return { kind: 'done', body: { requests: [asked] } };
}
