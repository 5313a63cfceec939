import { parseAccepted } from '../../core/exceptions/parse-accepted';
import { parseUntil } from '../../core/exceptions/parse-until';
import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { AcceptInput } from './command-input';

/** Has an exception made for what a finding reports. What cannot be one whatever is open is refused here. */
export async function askToAccept(input: AcceptInput, caller: Caller, ports: CommandPorts): Promise<CommandAnswer> {
  const { askId, findingId, reason } = input;
  const until = parseUntil(input.until, ports.clock.now(), ports.exceptionMaxDays);
  if (!until.ok) return { kind: 'refused', reason: `until: "${input.until}" ${until.error}` };
  const accepted = parseAccepted(input.source, input.ports);
  if (!accepted.ok) return { kind: 'refused', reason: accepted.error };
  const found = await ports.hub.fetchFindingsByIds([findingId]);
  if (!found.ok) return { kind: 'failed', reason: found.error.cause };
  const [finding] = found.value;
  if (finding === undefined) return { kind: 'refused', reason: `Security Hub knows no finding ${findingId}` };
  const { target, control, id, productArn } = finding;
  if (!target || !control) {
    return { kind: 'refused', reason: `${findingId} cannot be accepted: ${finding.problem ?? 'it names no resource'}` };
  }
  const asked = await ask(
    target,
    {
      id: `cli-${askId}`,
      action: 'accept',
      trigger: 'custom-action',
      decidedBy: `portcullis exceptions add by ${caller.arn}`,
      findings: [{ id, productArn }],
      reason,
      until: until.value,
      accepted: accepted.value,
    },
    ports,
  );
  return { kind: 'done', body: { requests: [asked] } };
}
