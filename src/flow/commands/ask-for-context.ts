import type { Target } from '../../core/target';
import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { ContextInput } from './command-input';

/**
 * Has it looked up what is known about a target, or about that of a finding. People never read with a member's role.
 */
export async function askForContext(input: ContextInput, caller: Caller, ports: CommandPorts): Promise<CommandAnswer> {
  const target = 'target' in input ? input.target : await targetOf(input.findingId, ports);
  if ('kind' in target && (target.kind === 'failed' || target.kind === 'refused')) return target;
  const asked = await ask(
    target,
    {
      id: `cli-${input.askId}`,
      action: 'context',
      trigger: 'custom-action',
      decidedBy: `portcullis context by ${caller.arn}`,
      findings: [],
    },
    ports,
  );
  return { kind: 'done', body: { requests: [asked] } };
}

async function targetOf(
  findingId: string,
  { hub }: CommandPorts,
): Promise<Target | Exclude<CommandAnswer, { readonly kind: 'done' }>> {
  const found = await hub.fetchFindingsByIds([findingId]);
  if (!found.ok) return { kind: 'failed', reason: found.error.cause };
  const [finding] = found.value;
  if (finding === undefined) return { kind: 'refused', reason: `Security Hub knows no finding ${findingId}` };
  if (finding.target) return finding.target;
  return {
    kind: 'refused',
    reason: `${findingId} is about nothing that can be looked at: ${finding.problem ?? 'it names no resource'}`,
  };
}
