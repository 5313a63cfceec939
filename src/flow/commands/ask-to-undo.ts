import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { UndoInput } from './command-input';

/**
 * Has a closing taken back. What is no closing is refused here: an execution would leave a record that nobody needs.
 */
export async function askToUndo(
  { askId, remediationId, confirmed }: UndoInput,
  caller: Caller,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const record = await ports.ledger.fetchRemediation(remediationId);
  if (!record.ok) return { kind: 'failed', reason: record.error.cause };
  if (record.value === undefined)
    return { kind: 'refused', reason: `the ledger holds no remediation ${remediationId}` };
  const { action, undoes, target } = record.value;
  if (action === 'preview' || action === 'context') {
    return { kind: 'refused', reason: `${remediationId} is a ${action}: it changed nothing; name a closing` };
  }
  if (action === 'grant' || action === 'end-grant') {
    const id = record.value.grant?.grantId ?? 'GRANT_ID';
    return { kind: 'refused', reason: `${remediationId} is a ${action}; to end it: portcullis grants end ${id}` };
  }
  if (action === 'undo') {
    const closing = undoes ?? 'a closing';
    const reason = `${remediationId} is the undo of ${closing}; name a closing, or close again with remediate`;
    return { kind: 'refused', reason };
  }
  const asked = await ask(
    target,
    {
      id: `cli-${askId}`,
      action: 'undo',
      trigger: 'custom-action',
      decidedBy: `portcullis undo by ${caller.arn}`,
      findings: [],
      remediationId,
      confirmed,
    },
    ports,
  );
  return { kind: 'done', body: { requests: [asked] } };
}
