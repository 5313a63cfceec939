import { randomUUID } from 'node:crypto';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { startRemediation } from '../../flow/intake/start-remediation';
import { InputError } from '../cli-error';
import { createOperator, fetchRecord, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { renderEnding, throwUnlessDone } from '../operator/report-ending';
import { fetchKnownIds, waitForRemediation } from '../operator/wait-for-remediation';

export interface RunUndoOptions extends OperatorOptions {
  readonly confirm?: true;
  readonly json?: true;
}

/**
 * Asks the deployment to undo a closing, by the same way as the custom action, and waits for the end.
 *
 * @throws InputError for an unknown id or one that is no closing's, CouldNotTellError when the end cannot be known, Error when it was not undone
 */
export async function runUndo(remediationId: string, options: RunUndoOptions): Promise<void> {
  const operator = await createOperator(options);
  const record = await fetchRecord(remediationId, operator);
  checkIsClosing(record);
  const { target } = record;
  const caller = await orCouldNotTell(operator.fetchCaller(), operator.region);
  const known = await fetchKnownIds(target, operator);
  const request = {
    id: `cli-${randomUUID()}`,
    action: 'undo',
    trigger: 'custom-action',
    decidedBy: `portcullis undo by ${caller}`,
    findings: [],
    remediationId,
    confirmed: options.confirm === true,
  } as const;
  await orCouldNotTell(startRemediation({ target, requests: [request] }, operator), operator.region);
  if (process.stderr.isTTY) process.stderr.write(`undoing ${remediationId} on ${target.id} …\n`);
  const isAnswer = ({ undoes }: RemediationRecord) => undoes === remediationId;
  const undo = await waitForRemediation({ target, requestId: request.id, known, isAnswer }, operator);
  process.stdout.write(options.json ? `${JSON.stringify(undo)}\n` : renderEnding(undo));
  throwUnlessDone([undo]);
}

/** The deployment refuses it as well, with a record that nobody needs. */
function checkIsClosing({ remediationId, action, undoes }: RemediationRecord): void {
  if (action === 'preview') throw new InputError(`${remediationId} is a preview: it changed nothing; name a closing`);
  if (action === 'undo') {
    const closing = undoes ?? 'a closing';
    throw new InputError(`${remediationId} is the undo of ${closing}; name a closing, or close again with remediate`);
  }
}
